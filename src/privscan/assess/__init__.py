"""Evidence becomes judgement: profile, risk, findings, verdict; no data in reach."""

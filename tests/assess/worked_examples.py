"""The datasets of the published worked examples, as inputs of the score."""

from __future__ import annotations

from privscan.assess.score import Field, Inputs
from privscan.model.kinds import State

KNOWN = {
    # entity: category, weight, identifying power, floor
    "address": ("contact", 0.25, 0.75, 0),
    "browsing_history": ("behaviour", 0.5, 0, 0),
    "dna_sequence": ("genetic", 1, 0.75, 60),
    "dob": ("demographic", 0.25, 0, 0),
    "email": ("contact", 0.25, 0.75, 0),
    "employment": ("employment", 0.25, 0, 0),
    "face_image": ("face", 0.625, 0.75, 0),
    "face_template": ("biometric", 1, 0.75, 60),
    "gender": ("demographic", 0.25, 0, 0),
    "gps": ("location", 0.5, 0.5, 0),
    "health_condition": ("health", 1, 0, 60),
    "iban": ("financial", 0.75, 0.5, 0),
    "ip_address": ("online", 0.5, 0.25, 0),
    "my_number": ("gov_id", 0.75, 0.75, 60),
    "name_full": ("name", 0.25, 0.75, 0),
    "name_given": ("name", 0.25, 0.25, 0),
    "postal_code": ("demographic", 0.25, 0, 0),
    "pseudonym": ("pseudonym", 0.25, 0.1, 0),
    "salary": ("financial", 0.75, 0, 0),
    "user_agent": ("online", 0.25, 0, 0),
}


def field(entity: str, confidence: float, state: State = State.PLAIN) -> Field:
    """A detection of an entity, with the numbers the examples give it."""
    category, weight, identifying, floor = KNOWN[entity]
    return Field(entity, category, weight, identifying, confidence, state, floor)


NEWSLETTER = Inputs((field("email", 0.99), field("name_given", 0.90)), subjects=50_000)
WEB_LOGS = Inputs(
    (
        field("email", 0.99, State.HASH_UNSALTED),
        field("ip_address", 0.99, State.PARTIAL_MASK),
        field("user_agent", 0.95),
        field("browsing_history", 0.90),
    ),
    subjects=400_000,
    classes=((1, 8), (4, 12), (50, 30), (500, 50)),
)
WEB_LOGS_COARSE = Inputs(
    (
        field("email", 0.99, State.TOKEN_KEYED),
        field("ip_address", 0.99, State.GENERALISED),
        field("user_agent", 0.95, State.GENERALISED),
        field("browsing_history", 0.90),
    ),
    subjects=400_000,
    classes=((50, 30), (500, 70)),
)
PHOTOS = Inputs(
    (field("face_image", 0.97), field("name_full", 0.90), field("gps", 0.95)), subjects=1_200
)
STAFF = Inputs(
    (
        field("name_full", 0.95),
        field("address", 0.92),
        field("dob", 0.98),
        field("my_number", 0.98),
        field("salary", 0.95),
        field("iban", 0.90),
        field("employment", 0.90),
    ),
    subjects=3_000,
    classes=((1, 90), (2, 10)),
    vulnerable=0.5,
)
STAFF_SAFER = Inputs(
    (
        field("name_full", 0.95, State.TOKEN_KEYED),
        field("address", 0.92, State.GENERALISED),
        field("dob", 0.98, State.GENERALISED),
        field("salary", 0.95, State.GENERALISED),
        field("employment", 0.90),
    ),
    subjects=3_000,
    classes=((25, 100),),
    vulnerable=0.5,
)
GENOMES = Inputs(
    (
        field("dna_sequence", 0.99),
        field("health_condition", 0.85),
        field("dob", 0.98),
        field("gender", 0.99),
        field("postal_code", 0.98),
        field("pseudonym", 0.90),
    ),
    subjects=800,
    classes=((1, 40), (3, 35), (9, 20), (25, 5)),
    vulnerable=0.5,
)
IN_ORDER = (NEWSLETTER, WEB_LOGS, PHOTOS, STAFF, GENOMES)
"""From the least to the gravest."""

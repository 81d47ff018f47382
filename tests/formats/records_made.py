"""One made-up record of every format, with the entity, standard and measures a reader must see."""

from __future__ import annotations

from typing import NamedTuple

import records_chip as chip
import records_iso as iso
import records_nist as nist


class Made(NamedTuple):
    """A record, and what is to be seen in it: entities with their number, standard of the first."""

    content: bytes
    entities: dict[str, int]
    standard: str
    measures: dict[str, int] = {}  # noqa: RUF012  never changed


SIZE = {"width": iso.WIDTH, "height": iso.HEIGHT}
RAW = iso.pixels()
FINGER, FACE, IRIS = ({entity: 1} for entity in ("fingerprint", "face_image", "iris"))

EVERY = {
    "fmr_2005": Made(iso.fmr_2005(), {"fingerprint": 2}, "ISO 19794-2:2005", {**SIZE, "minutiae": 12}),
    "fmr_2005_extended": Made(iso.fmr_2005(more=bytes(20)), {"fingerprint": 2}, "ISO 19794-2:2005"),
    "fmr_2005_untold_end": Made(iso.fmr_2005((20,))[:-2], FINGER, "ISO 19794-2:2005", {"minutiae": 20}),
    "fmr_2011": Made(iso.fmr_2011(), {"fingerprint": 2}, "ISO 19794-2:2011", {**SIZE, "minutiae": 14}),
    "fmr_2011_certified": Made(iso.fmr_2011(certified=True), {"fingerprint": 2}, "ISO 19794-2:2011"),
    "ansi_378_2004": Made(iso.ansi_378_2004(), FINGER, "ANSI 378-2004", {**SIZE, "minutiae": 20}),
    "ansi_378_2004_wide": Made(iso.ansi_378_2004(wide=True), FINGER, "ANSI 378-2004"),
    "ansi_378_2004_020": Made(iso.ansi_378_2004(version=b"020\0"), FINGER, "ANSI 378-2004"),
    "ansi_378_2009": Made(iso.ansi_378_2009(), FINGER, "ANSI 378-2009", {**SIZE, "minutiae": 11}),
    "ansi_378_2009_bare": Made(iso.ansi_378_2009(certified=False), FINGER, "ANSI 378-2009"),
    "ansi_378_2009_am1": Made(iso.ansi_378_2009(version=b"035\0"), FINGER, "ANSI 378-2009 Amd 1"),
    "fir_2005": Made(iso.fir_2005(), FINGER, "ISO 19794-4:2005", SIZE),
    "fir_2005_raw": Made(iso.fir_2005(RAW, compression=0), FINGER, "ISO 19794-4:2005", SIZE),
    "fir_2005_wsq": Made(iso.fir_2005(nist.wsq(), compression=2), FINGER, "ISO 19794-4:2005", SIZE),
    "fir_2005_palm": Made(iso.fir_2005(position=21), {"palm_print": 1}, "ISO 19794-4:2005"),
    "fir_2005_ten": Made(iso.fir_2005(fingers=10), {"fingerprint": 10}, "ISO 19794-4:2005"),
    "fir_2011": Made(iso.fir_2011(), FINGER, "ISO 19794-4:2011", SIZE),
    "fir_2011_certified": Made(iso.fir_2011(certified=True), FINGER, "ISO 19794-4:2011", SIZE),
    "fir_2011_raw": Made(iso.fir_2011(RAW, compression=0), FINGER, "ISO 19794-4:2011", SIZE),
    "ansi_381_2004": Made(iso.fir_2005(product=b"\0\x1b\1\1"), FINGER, "ANSI 381-2004", SIZE),
    "ansi_381_2009": Made(iso.ansi_381_2009(), FINGER, "ANSI 381-2009", SIZE),
    "fac_2005": Made(iso.fac_2005(), FACE, "ISO 19794-5:2005", SIZE),
    "fac_2005_points": Made(iso.fac_2005(points=12, images=2), {"face_image": 2}, "ISO 19794-5:2005"),
    "fac_2011": Made(iso.fac_2011(), FACE, "ISO 19794-5:2011", SIZE),
    "fac_2011_points": Made(iso.fac_2011(points=7), FACE, "ISO 19794-5:2011", SIZE),
    "iir_2005": Made(iso.iir_2005(), IRIS, "ISO 19794-6:2005", SIZE),
    "iir_2005_both_raw": Made(iso.iir_2005(RAW, coding=2, eyes=2), {"iris": 2}, "ISO 19794-6:2005"),
    "irex": Made(iso.irex(), IRIS, "NIST IREX", SIZE),
    "irex_raw": Made(iso.irex(RAW, coding=2, boundary=b""), IRIS, "NIST IREX", SIZE),
    "iir_2011": Made(iso.iir_2011(), IRIS, "ISO 19794-6:2011", SIZE),
    "iir_2011_raw": Made(iso.iir_2011(RAW, coding=2), IRIS, "ISO 19794-6:2011", SIZE),
    "vir": Made(iso.vein_record(), {"palm_vein": 1}, "ISO 19794-9"),
    "dg1": Made(chip.dg1(), {"passport": 1}, "ICAO 9303 DG1"),
    "dg1_card": Made(chip.dg1(chip.CARD), {"national_id": 1}, "ICAO 9303 DG1"),
    "dg2": Made(chip.dg2(), FACE, "ICAO 9303 DG2 (ISO 19794-5:2005)", SIZE),
    "dg2_39794": Made(chip.dg2_of_39794(), FACE, "ICAO 9303 DG2 (ISO 39794-5)", SIZE),
    "dg2_unknown_block": Made(chip.dg2(bytes(range(200))), FACE, "ICAO 9303 DG2"),
    "dg3": Made(chip.dg3(), {"fingerprint": 2}, "ICAO 9303 DG3 (ISO 19794-4:2005)", SIZE),
    "dg4": Made(chip.dg4(), IRIS, "ICAO 9303 DG4 (ISO 19794-6:2005)", SIZE),
    "dg5": Made(chip.dg5(), FACE, "ICAO 9303 DG5", SIZE),
    "dg7": Made(chip.dg7(), {"signature": 1}, "ICAO 9303 DG7", SIZE),
    "dg11": Made(chip.dg11(), {}, "ICAO 9303 DG11"),
    "com": Made(chip.com(), {}, "ICAO 9303 EF.COM"),
    "sod": Made(chip.sod(), {}, "ICAO 9303 EF.SOD"),
    "dump": Made(chip.dump(), {"passport": 1, "face_image": 1, "fingerprint": 2}, "ICAO 9303 DG1"),
    "group": Made(chip.group(chip.template(iso.fmr_2005((9,)), 8)), FINGER, "ISO 7816-11 (ISO 19794-2:2005)"),
    "on_card": Made(chip.on_card(), FINGER, "ISO 7816-11", {"minutiae": 24}),
    "iso_39794_2": Made(chip.iso_39794(2), FINGER, "ISO 39794-2"),
    "iso_39794_4": Made(chip.iso_39794(4), FINGER, "ISO 39794-4", SIZE),
    "iso_39794_5": Made(chip.iso_39794(5), FACE, "ISO 39794-5", SIZE),
    "iso_39794_6": Made(chip.iso_39794(6, representations=2), {"iris": 2}, "ISO 39794-6", SIZE),
    "iso_39794_9": Made(chip.iso_39794(9), {"palm_vein": 1}, "ISO 39794-9", SIZE),
    "iso_39794_xml": Made(nist.iso_39794_xml(), FACE, "ISO 39794", SIZE),
    "iso_39794_xml_iris": Made(nist.iso_39794_xml("iris", 6), IRIS, "ISO 39794", SIZE),
    "sourceafis": Made(chip.sourceafis(), FINGER, "SourceAFIS", {"minutiae": 30, "width": 388, "height": 478}),
    "sourceafis_open": Made(chip.sourceafis(open_ended=True), FINGER, "SourceAFIS", {"minutiae": 30}),
    "libfprint": Made(chip.libfprint(), FINGER, "libfprint FP3"),
    "dg2_block_in_block": Made(chip.dg2(chip.tlv(0x5F2E, iso.fac_2005())), FACE, "ICAO 9303 DG2 (ISO 19794-5:2005)"),
    "dg2_wrapped_39794": Made(chip.dg2(chip.tlv(0xA1, chip.iso_39794())), FACE, "ICAO 9303 DG2 (ISO 39794-5)", SIZE),
    "piv": Made(chip.piv(), {"fingerprint": 2}, "PIV (ISO 19794-2:2005)"),
    "piv_tagged": Made(chip.piv(iso.fac_2005(), 0x0501, tags=True), FACE, "PIV (ISO 19794-5:2005)"),
    "piv_encrypted": Made(chip.piv(bytes(range(256)), 0x0601), IRIS, "PIV"),
    "bioapi": Made(chip.bioapi(), {"fingerprint": 2}, "BioAPI BIR (ISO 19794-2:2005)"),
    "behind_header": Made(chip.behind_header(), IRIS, "CBEFF (ISO 19794-6:2005)"),
    "wsq": Made(nist.wsq(), FINGER, "WSQ", SIZE),
    "an2k": Made(nist.ten_prints(), {"fingerprint": 2, "face_image": 1}, "ANSI/NIST-ITL 1-2011 upd 2013"),
    "an2k_1997": Made(nist.transaction(nist.binary(), nist.binary(3), nist.binary(6, b"x" * 40, 3), version=b"0201"),
                      {"fingerprint": 3}, "ANSI/NIST-ITL 1-1997", SIZE),
    "an2k_palm": Made(nist.transaction(nist.image(15), version=b"0300"), {"palm_print": 1}, "ANSI/NIST-ITL 1-2000"),
    "an2k_every_kind": Made(
        nist.transaction(nist.image(17), nist.image(11), nist.image(10, category=b"TATTOO"), nist.minutiae_record(),
                         nist.dna_record(), nist.cbeff_record(), nist.signature_record(), version=b"0400"),
        {"iris": 1, "voice_recording": 1, "fingerprint": 1, "dna_sequence": 1, "face_image": 1, "signature": 1, "": 1},
        "ANSI/NIST-ITL 1-2007", SIZE),
    "an2k_short_tags": Made(nist.transaction(nist.binary(), version=b"0200", short=True), FINGER, "ANSI/NIST-ITL 1-1993"),
    "an2k_words": Made(nist.transaction(nist.descriptive()), {}, "ANSI/NIST-ITL 1-2011 upd 2013"),
    "cbeff_xml": Made(nist.cbeff_xml(), {"fingerprint": 1, "face_image": 1, "iris": 1}, "CBEFF XML (ISO 19794-4:2005)", SIZE),
    "cbeff_xml_oasis": Made(nist.cbeff_xml(namespace="http://docs.oasis-open.org/bias/ns/biaspatronformat-1.0/"),
                            {"fingerprint": 1, "face_image": 1, "iris": 1}, "CBEFF XML (ISO 19794-4:2005)"),
    "cbeff_xml_unknown": Made(nist.cbeff_xml([("HandVein", bytes(range(200)))]), {"palm_vein": 1}, "CBEFF XML"),
    "niem_xml": Made(nist.niem_xml(), FINGER, "ANSI/NIST-ITL XML", SIZE),
    "niem_xml_face": Made(nist.niem_xml(kind=10), FACE, "ANSI/NIST-ITL XML", SIZE),
}  # fmt: skip
"""By a name for the test."""

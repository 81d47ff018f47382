"""XMP packets (ISO 16684-1): properties by name, whatever file they stand in."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

MOST_BYTES = 4 << 20
"""A longer packet is cut off: what describes a picture is short, its edit history is not."""

_ENDS = ((b"<x:xmpmeta", b"</x:xmpmeta>"), (b"<rdf:RDF", b"</rdf:RDF>"))
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML = "http://www.w3.org/XML/1998/namespace"
_REGION = "http://www.metadataworkinggroup.com/schemas/regions/"
_FACE = "Face"


class Property(NamedTuple):
    """A simple value; `name` is that of the property it stands in, arrays taken apart."""

    name: str
    value: str


def properties(content: bytes) -> Iterator[Property]:
    """The properties of all packets in the bytes; packets that are no XML say nothing."""
    for packet in _packets(content):
        try:
            yield from _walked(ET.fromstring(packet), "")  # noqa: S314  it has no DTD
        except (ET.ParseError, ValueError, RecursionError):
            continue


def _packets(content: bytes) -> Iterator[bytes]:
    for start, end in _ENDS:
        at, found = 0, False
        while (at := content.find(start, at)) >= 0:
            after = content.find(end, at, at + MOST_BYTES)
            if after < 0:
                break
            packet = content[at : after + len(end)]
            at = after
            if b"<!" not in packet:
                found = True
                yield packet
        if found:
            return


def _walked(element: ET.Element, name: str) -> Iterator[Property]:
    space, _, local = element.tag.rpartition("}")
    name = name if space[1:] in {_RDF, "adobe:ns:meta/"} else local
    shape = _region(element)
    if shape:
        yield shape
    for key, value in element.attrib.items():
        where, _, attribute = key.rpartition("}")
        if where[1:] in {_RDF, _XML, "adobe:ns:meta/"} or (shape and attribute == "Name"):
            continue
        yield Property(attribute, value)
    if not len(element) and (element.text or "").strip():
        yield Property(name, (element.text or "").strip())
    for child in element:
        if not (shape and child.tag == f"{{{_REGION}}}Name"):
            yield from _walked(child, name)


def _region(element: ET.Element) -> Property | None:
    """The name of a marked region: of a person where the region is a face."""

    def of(key: str) -> str:
        tag = f"{{{_REGION}}}{key}"
        return element.get(tag) or element.findtext(tag) or ""

    if not of("Name").strip():
        return None
    return Property("FaceName" if of("Type") == _FACE else "RegionName", of("Name").strip())

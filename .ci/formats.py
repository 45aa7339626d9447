"""Reads the exported forms with libraries of their fields: formats.py FOLDER, with ledger.csv and so on in it."""

import csv
import json
import sys
from pathlib import Path

import geojson
import icalendar
import pyarrow.parquet
import stix2
from pyld import jsonld

folder = Path(sys.argv[1])

with open(folder / "ledger.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file, strict=True))
assert rows, "the CSV has no rows"

table = pyarrow.parquet.read_table(folder / "ledger.parquet")
assert table.schema.names == list(rows[0]), "the Parquet file has other columns than the CSV"
text = [["" if value is None else str(value) for value in row.values()] for row in table.to_pylist()]
assert text == [list(row.values()) for row in rows], "the Parquet file has other values than the CSV"

bundle = stix2.parse((folder / "ledger.stix").read_text(encoding="utf-8"), allow_custom=False, version="2.1")
ids = {thing.id for thing in bundle.objects}
for thing in bundle.objects:
    missing = set(thing.get("object_refs", [])) - ids
    assert not missing, f"{thing.id} refers to {missing}"

places = geojson.loads((folder / "ledger.geojson").read_text(encoding="utf-8"))
assert places.is_valid, places.errors()

calendar = icalendar.Calendar.from_ical((folder / "ledger.ics").read_bytes())
events = calendar.walk("VEVENT")
assert events and not any(part.errors for part in calendar.walk()), "the calendar has faults or no events"

document = json.loads((folder / "ledger.jsonld").read_text(encoding="utf-8"))
quads = jsonld.to_rdf(document, {"format": "application/n-quads"}).splitlines()
assert any("https://schema.org/Claim" in quad for quad in quads), "the JSON-LD has no claim"

print(
    f"{len(rows)} rows, {len(bundle.objects)} STIX objects, {len(places['features'])} places, "
    f"{len(events)} events, {len(quads)} statements of RDF: all read by libraries of their fields"
)

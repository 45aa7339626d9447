//! The gazetteer: one sorted text file of places, from GeoNames and a few tables of our own.
//!
//! A line is `key, name, kind, country, admin1, latitude, longitude, geonames, population`, parted by tabs. Lines are sorted
//! by key, under a key by falling population, so that a binary search over the text finds all places of a name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rashomon_language::fold_name;

/// Parts of a city are kept from this population on: smaller ones share their names with everything.
const LEAST_POPULATION_OF_A_PART: u64 = 50_000;

/// Names of regions that mean anything but a region when they stand alone in a text.
const COMMON_REGIONS: &[&str] = &[
    "central",
    "centre",
    "center",
    "east",
    "eastern",
    "north",
    "northern",
    "south",
    "southern",
    "west",
    "western",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "north east",
    "north west",
    "south east",
    "south west",
    "north central",
    "capital",
    "capital region",
    "federal district",
    "distrito federal",
    "metro",
    "delta",
    "union",
    "progreso",
    "libertad",
    "cross river",
    "river nile",
    "red sea",
    "black river",
    "lakes",
    "unity",
    "plateau",
    "rivers",
    "coast",
    "islands",
    "district of columbia",
    "independencia",
    "upper east",
    "upper west",
    "saint john",
    "saint paul",
    "saint george",
    "saint andrew",
    "saint mary",
    "saint peter",
    "saint thomas",
    "saint james",
    "saint joseph",
    "saint david",
    "saint patrick",
    "saint philip",
    "saint lucy",
    "saint michael",
    "saint mark",
    "saint luke",
    "victoria",
    "florida",
];

/// A place under one of its names.
#[derive(Clone, Debug, Default)]
struct Row {
    name: String,
    kind: &'static str,
    country: String,
    admin1: String,
    latitude: f64,
    longitude: f64,
    geonames: String,
    population: u64,
}

/// Rows by key; the set of what is there already keeps a place from standing twice under a key.
#[derive(Default)]
struct Table {
    rows: BTreeMap<String, Vec<Row>>,
    seen: BTreeSet<(String, String)>,
}

impl Table {
    fn add(&mut self, name: &str, row: &Row) {
        let key = fold_name(name);
        let identity = format!(
            "{}{}{}",
            row.geonames,
            row.country,
            if row.geonames.is_empty() {
                row.name.as_str()
            } else {
                ""
            }
        );
        if key.len() > 1 && self.seen.insert((key.clone(), identity)) {
            self.rows.entry(key).or_default().push(row.clone());
        }
    }
}

/// A city of GeoNames.
struct City {
    row: Row,
    ascii: String,
    code: String,
}

/// Reads the tables in `folder` and writes the gazetteer to `out`.
pub(crate) fn make(folder: &Path, out: &Path) -> Result<()> {
    let mut table = Table::default();
    let cities = cities(&read(&folder.join("geonames-cities15000-2026.tsv.zst"))?)?;
    let points = points(&cities);
    let countries = countries(&read(&folder.join("geonames-countryInfo.txt.zst"))?, &points);
    for row in countries.values() {
        table.add(&row.name, row);
    }
    country_names(
        &read(&folder.join("country-codes.csv.zst"))?,
        &countries,
        &mut table,
    );
    for fields in own(include_str!("../data/country-names.tsv")) {
        let row = fields
            .first()
            .and_then(|code| countries.get(*code))
            .with_context(|| format!("country-names.tsv: no country {fields:?}"))?;
        for name in fields.iter().skip(1) {
            table.add(name, row);
        }
    }
    for fields in own(include_str!("../data/areas.tsv")) {
        let [name, country, latitude, longitude, aliases @ ..] = fields.as_slice() else {
            bail!("areas.tsv: {fields:?}: want name, country, latitude, longitude");
        };
        let row = Row {
            name: (*name).to_owned(),
            kind: "area",
            country: country.trim_matches('-').to_owned(),
            latitude: latitude.parse()?,
            longitude: longitude.parse()?,
            // Well known, so that no town of the same name stands before it.
            population: 20_000_000,
            ..Row::default()
        };
        table.add(name, &row);
        for alias in aliases {
            table.add(alias, &row);
        }
    }
    regions(
        &read(&folder.join("geonames-admin1CodesASCII.txt.zst"))?,
        &points,
        &mut table,
    );
    for city in &cities {
        if city.code == "PPLX" && city.row.population < LEAST_POPULATION_OF_A_PART {
            continue;
        }
        table.add(&city.row.name, &city.row);
        table.add(&city.ascii, &city.row);
    }
    for fields in own(include_str!("../data/city-names.tsv")) {
        let [name, country, aliases @ ..] = fields.as_slice() else {
            bail!("city-names.tsv: {fields:?}: want name, country, other names");
        };
        let city = cities
            .iter()
            .filter(|city| city.row.country == *country && (city.row.name == *name || city.ascii == *name))
            .max_by_key(|city| city.row.population)
            .with_context(|| format!("city-names.tsv: GeoNames has no {name} in {country}"))?;
        for alias in aliases {
            table.add(alias, &city.row);
        }
    }
    write(table, out)
}

/// Returns the text of a file compressed with Zstandard.
fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text =
        zstd::decode_all(bytes.as_slice()).with_context(|| format!("cannot unpack {}", path.display()))?;
    String::from_utf8(text).with_context(|| format!("{} is not UTF-8", path.display()))
}

/// Returns the fields of a table of our own; `#` begins a comment.
fn own(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            line.split('\t')
                .map(str::trim)
                .filter(|field| !field.is_empty())
                .collect()
        })
}

fn cities(table: &str) -> Result<Vec<City>> {
    table
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [
                id,
                name,
                ascii,
                _,
                latitude,
                longitude,
                code,
                country,
                admin1,
                _,
                population,
                ..,
            ] = fields.as_slice()
            else {
                bail!("cities: {line}: too few columns");
            };
            Ok(City {
                row: Row {
                    name: (*name).to_owned(),
                    kind: if *code == "PPLC" { "capital" } else { "city" },
                    country: (*country).to_owned(),
                    admin1: (*admin1).to_owned(),
                    latitude: latitude.parse()?,
                    longitude: longitude.parse()?,
                    geonames: (*id).to_owned(),
                    population: population.parse().unwrap_or_default(),
                },
                ascii: (*ascii).to_owned(),
                code: (*code).to_owned(),
            })
        })
        .collect()
}

/// Returns the mean position of the cities of each country ("FR") and of each of its regions ("FR.11"), with their population.
fn points(cities: &[City]) -> BTreeMap<String, (f64, f64, u64)> {
    let mut sums: BTreeMap<String, (f64, f64, f64, u64)> = BTreeMap::new();
    for City { row, .. } in cities {
        for area in [row.country.clone(), format!("{}.{}", row.country, row.admin1)] {
            let sum = sums.entry(area).or_default();
            sum.0 += row.latitude;
            sum.1 += row.longitude;
            sum.2 += 1.0;
            sum.3 += row.population;
        }
    }
    sums.into_iter()
        .map(|(area, (latitude, longitude, count, population))| {
            (area, (latitude / count, longitude / count, population))
        })
        .collect()
}

/// Returns the countries by code, each at the point of our table or else at the mean of its cities.
fn countries(table: &str, points: &BTreeMap<String, (f64, f64, u64)>) -> BTreeMap<String, Row> {
    let own_points: BTreeMap<&str, (f64, f64)> = own(include_str!("../data/country-points.tsv"))
        .filter_map(|fields| match fields.as_slice() {
            [code, latitude, longitude] => Some((*code, (latitude.parse().ok()?, longitude.parse().ok()?))),
            _ => None,
        })
        .collect();
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("ISO\t"))
        .filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let code = (*fields.first()?).to_owned();
            let mean = points
                .get(&code)
                .map(|&(latitude, longitude, _)| (latitude, longitude));
            let (latitude, longitude) = own_points.get(code.as_str()).copied().or(mean)?;
            let row = Row {
                name: (*fields.get(4)?).to_owned(),
                kind: "country",
                country: code.clone(),
                latitude,
                longitude,
                geonames: (*fields.get(16)?).to_owned(),
                population: fields.get(7)?.parse().unwrap_or_default(),
                ..Row::default()
            };
            Some((code, row))
        })
        .collect()
}

/// Adds the names that the table of country codes gives.
fn country_names(table: &str, countries: &BTreeMap<String, Row>, gazetteer: &mut Table) {
    let mut lines = records(table);
    let header = lines.next().unwrap_or_default();
    let column = |name: &str| header.iter().position(|field| field == name);
    let Some(code) = column("ISO3166-1-Alpha-2") else {
        return;
    };
    let names: Vec<usize> = ["CLDR display name", "UNTERM English Short", "official_name_en"]
        .iter()
        .filter_map(|name| column(name))
        .collect();
    for fields in lines {
        let Some(row) = fields.get(code).and_then(|code| countries.get(code)) else {
            continue;
        };
        for name in names.iter().filter_map(|&name| fields.get(name)) {
            let name = name.split('(').next().unwrap_or_default().trim();
            // "Congo - Kinshasa" is no way to write in a text.
            if !name.is_empty() && !name.contains(" - ") {
                gazetteer.add(name, row);
            }
        }
    }
}

/// Returns the records of a table of comma-separated values, in which a field in quotation marks may hold commas.
fn records(table: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    table.lines().map(|line| {
        let mut fields = Vec::new();
        let mut field = String::new();
        let mut quoted = false;
        for mark in line.chars() {
            match mark {
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(std::mem::take(&mut field)),
                mark => field.push(mark),
            }
        }
        fields.push(field);
        fields
    })
}

/// Adds the first-level regions of countries, each at the mean of its cities.
fn regions(table: &str, points: &BTreeMap<String, (f64, f64, u64)>, gazetteer: &mut Table) {
    for line in table.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [code, name, ascii, id, ..] = fields.as_slice() else {
            continue;
        };
        let Some((country, admin1)) = code.split_once('.') else {
            continue;
        };
        let Some(&(latitude, longitude, population)) = points.get(*code) else {
            continue;
        };
        let row = Row {
            name: (*name).to_owned(),
            kind: "region",
            country: country.to_owned(),
            admin1: admin1.to_owned(),
            latitude,
            longitude,
            geonames: (*id).to_owned(),
            population,
        };
        let short = [
            " Oblast",
            " Province",
            " Region",
            " District",
            " Governorate",
            " Prefecture",
            " Department",
            " County",
        ]
        .iter()
        .find_map(|tail| name.strip_suffix(tail));
        for name in [Some(*name), Some(*ascii), short].into_iter().flatten() {
            // "Florida" is a region of several countries; only the well-known one is meant alone.
            let common = COMMON_REGIONS.contains(&fold_name(name).as_str());
            if !common || (country == "US" && name == "Florida") || (country == "AU" && name == "Victoria") {
                gazetteer.add(name, &row);
            }
        }
    }
}

fn write(table: Table, out: &Path) -> Result<()> {
    let mut text = String::new();
    for (key, mut rows) in table.rows {
        rows.sort_by(|one, other| {
            other
                .population
                .cmp(&one.population)
                .then(one.geonames.cmp(&other.geonames))
        });
        for row in rows {
            let line = format!(
                "{key}\t{}\t{}\t{}\t{}\t{:.4}\t{:.4}\t{}\t{}\n",
                row.name,
                row.kind,
                row.country,
                row.admin1,
                row.latitude,
                row.longitude,
                row.geonames,
                row.population
            );
            text.push_str(&line);
        }
    }
    fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))
}

//! The gazetteer: one sorted text file of places, from GeoNames and a few tables of our own.
//!
//! A line is `key, name, kind, country, admin1, latitude, longitude, geonames, population`, parted by tabs. Lines are sorted
//! by key, under a key by falling population
//! with towns and second-level regions behind the others, so that a binary search over the text finds all places of a name.

mod cities;
mod common_regions;
mod points;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rashomon_language::fold_name;

use self::cities::{City, cities, short_names, towns};
use self::common_regions::COMMON_REGIONS;
use self::points::{Points, county_points, is_written, other_names, region_points};

/// Second-level regions outside the United States are kept from this population of their cities on.
const LEAST_POPULATION_OF_A_COUNTY: u64 = 20_000;

/// Parts of a city are kept from this population on: smaller ones share their names with everything.
const LEAST_POPULATION_OF_A_PART: u64 = 50_000;

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

    /// Returns true when a city, or a first-level region, of this name stands in the region already.
    fn has_city(&self, name: &str, country: &str, admin1: &str) -> bool {
        self.rows.get(&fold_name(name)).is_some_and(|rows| {
            rows.iter()
                .any(|row| row.country == country && row.admin1 == admin1)
        })
    }
}

/// Reads the tables in `folder` and writes the gazetteer to `out`.
pub(crate) fn make(folder: &Path, out: &Path) -> Result<()> {
    let mut table = Table::default();
    let cities = cities(&read(&folder.join("geonames-cities15000-2026.tsv.zst"))?)?;
    let towns = towns(&read(&folder.join("geonames-cities5000-2018.tsv.zst"))?, &cities)?;
    let points = region_points(&cities, &towns)?;
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
        let [name, country, latitude, longitude, millions, aliases @ ..] = fields.as_slice() else {
            bail!("areas.tsv: {fields:?}: want name, country, latitude, longitude, millions of people");
        };
        let (whole, part) = millions.split_once('.').unwrap_or((millions, ""));
        let population = format!("{whole}{part:0<6}");
        let row = Row {
            name: (*name).to_owned(),
            kind: "area",
            country: country.trim_matches('-').to_owned(),
            latitude: latitude.parse()?,
            longitude: longitude.parse()?,
            population: population.parse()?,
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
    counties(
        &read(&folder.join("geonames-admin2Codes.txt.zst"))?,
        &county_points(cities.iter().chain(&towns)),
        &mut table,
    );
    for city in &cities {
        for name in short_names(city) {
            let row = Row {
                kind: "town",
                ..city.row.clone()
            };
            table.add(name, &row);
        }
    }
    for town in &towns {
        table.add(&town.row.name, &town.row);
        table.add(&town.ascii, &town.row);
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

/// Returns the countries by code, each at the point of our table or else in the middle of the box of its cities.
fn countries(table: &str, points: &Points) -> BTreeMap<String, Row> {
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
            let middle = points
                .get(&code)
                .map(|&(latitude, longitude, _)| (latitude, longitude));
            let (latitude, longitude) = own_points.get(code.as_str()).copied().or(middle)?;
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

/// Adds the second-level regions in which a city of the tables lies: "Cook County".
fn counties(table: &str, points: &Points, gazetteer: &mut Table) {
    for line in table.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [code, name, ascii, id, ..] = fields.as_slice() else {
            continue;
        };
        let (Some(&(latitude, longitude, population)), Some((country, rest))) =
            (points.get(*code), code.split_once('.'))
        else {
            continue;
        };
        if country != "US" && population < LEAST_POPULATION_OF_A_COUNTY {
            continue;
        }
        let admin1 = rest.split('.').next().unwrap_or_default();
        let row = Row {
            name: (*name).to_owned(),
            kind: "county",
            country: country.to_owned(),
            admin1: admin1.to_owned(),
            latitude,
            longitude,
            geonames: (*id).to_owned(),
            population,
        };
        for name in [*name, *ascii] {
            let name = plain_county(country, name);
            // Most second-level regions are called as their chief town, and the town's point does as well.
            if !gazetteer.has_city(name, country, admin1)
                && !COMMON_REGIONS.contains(&fold_name(name).as_str())
            {
                gazetteer.add(name, &row);
            }
        }
    }
}

/// Returns the name of a second-level region without the words that English texts leave out. In the United States
/// "County" is a part of the name: without it a town is meant.
fn plain_county<'name>(country: &str, name: &'name str) -> &'name str {
    if country == "US" {
        return name;
    }
    [
        "Provincia di ",
        "Provincia de ",
        "Province of ",
        "Province de ",
        "District of ",
        "Kabupaten ",
        "Kota ",
    ]
    .iter()
    .find_map(|head| name.strip_prefix(head))
    .or_else(|| {
        [
            " District",
            " Province",
            " Prefecture",
            " Department",
            " Regency",
            " Shi",
        ]
        .iter()
        .find_map(|tail| name.strip_suffix(tail))
    })
    .unwrap_or(name)
}

/// Adds the first-level regions of countries, each at its point.
fn regions(table: &str, points: &Points, gazetteer: &mut Table) {
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
            // A region without a city is small, and its name often a common word.
            kind: if population == 0 && !is_written(code) {
                "county"
            } else {
                "region"
            },
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
        let others = other_names(code);
        for name in [*name, *ascii].into_iter().chain(short).chain(others) {
            // "Florida" is a region of several countries; only the well-known one is meant alone.
            let common = COMMON_REGIONS.contains(&fold_name(name).as_str());
            if !common || (country == "US" && name == "Florida") || (country == "AU" && name == "Victoria") {
                gazetteer.add(name, &row);
            }
        }
    }
}

/// Returns true for what only says where a name lies that is known to be a place's.
fn is_minor(row: &Row) -> bool {
    matches!(row.kind, "town" | "county")
}

fn write(table: Table, out: &Path) -> Result<()> {
    let mut text = String::new();
    for (key, mut rows) in table.rows {
        rows.sort_by(|one, other| {
            is_minor(one)
                .cmp(&is_minor(other))
                .then(other.population.cmp(&one.population))
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

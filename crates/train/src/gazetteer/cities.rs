//! The tables of cities.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use rashomon_language::fold_name;

use super::{LEAST_POPULATION_OF_A_PART, Row};

/// A city of GeoNames.
pub(super) struct City {
    pub(super) row: Row,
    pub(super) ascii: String,
    /// Other names, in all languages.
    pub(super) alternates: Vec<String>,
    /// What it is in GeoNames: "PPLX" for a part of another.
    pub(super) code: String,
    /// Its second-level region in GeoNames.
    pub(super) admin2: String,
}

/// Returns the cities of a table.
pub(super) fn cities(table: &str) -> Result<Vec<City>> {
    table
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [
                id,
                name,
                ascii,
                alternates,
                latitude,
                longitude,
                code,
                country,
                admin1,
                admin2,
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
                alternates: alternates.split('|').map(str::to_owned).collect(),
                code: (*code).to_owned(),
                admin2: (*admin2).to_owned(),
            })
        })
        .collect()
}

/// Returns those of a city's other names by which English texts may call it: a first part of its name ("Acapulco" of
/// Acapulco de Juárez), or the name written with other vowels or in fewer or more words ("Beni Suef", "Banī Suwayf").
pub(super) fn short_names(city: &City) -> impl Iterator<Item = &str> {
    let whole = fold_name(&city.row.name);
    let sound = consonants(&whole);
    city.alternates
        .iter()
        .filter(|_| city.row.population >= LEAST_POPULATION_OF_A_PART)
        .filter(move |name| {
            let key = fold_name(name);
            key.len() > 3
                && key != whole
                && name.starts_with(char::is_uppercase)
                && (whole
                    .strip_prefix(key.as_str())
                    .is_some_and(|rest| rest.starts_with(' '))
                    || consonants(&key) == sound)
        })
        .map(String::as_str)
}

/// Returns the consonants of a folded name.
fn consonants(key: &str) -> String {
    key.chars()
        .filter(|letter| !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | ' '))
        .collect()
}

/// Returns the places of the older, longer table that the table of cities has not: most of them have 5,000 to 15,000 people.
pub(super) fn towns(table: &str, known: &[City]) -> Result<Vec<City>> {
    let known: BTreeSet<&str> = known.iter().map(|city| city.row.geonames.as_str()).collect();
    let mut towns = cities(table)?;
    towns.retain(|town| {
        !known.contains(town.row.geonames.as_str())
            && matches!(
                town.code.as_str(),
                "PPL" | "PPLA" | "PPLA2" | "PPLA3" | "PPLA4" | "PPLG" | "PPLL"
            )
    });
    for town in &mut towns {
        town.row.kind = "town";
    }
    Ok(towns)
}

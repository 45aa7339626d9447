//! How far two places lie apart.

use crate::places::gazetteer::GazetteerPlace;

/// Kilometres of one degree of latitude.
const DEGREE: f64 = 111.2;

/// Returns about how many kilometres lie between two places: right to a few percent for places near each other, which is
/// where it matters; functions that differ by platform are not used.
pub(super) fn kilometres(one: &GazetteerPlace, other: &GazetteerPlace) -> f64 {
    let north = one.latitude - other.latitude;
    let apart = (one.longitude - other.longitude).abs();
    let east = apart.min(360.0 - apart) * cosine(f64::midpoint(one.latitude, other.latitude));
    DEGREE * (north * north + east * east).sqrt()
}

/// Returns the cosine of an angle between -90 and 90 degrees, by its series.
fn cosine(degrees: f64) -> f64 {
    let square = degrees.to_radians() * degrees.to_radians();
    1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::gazetteer::lookup;

    #[test]
    fn distances_are_about_right() {
        let first = |key: &str| lookup(key).next().unwrap();
        let near = kilometres(&first("london"), &first("paris"));
        assert!((330.0..360.0).contains(&near), "{near}");
        let over_the_date_line = kilometres(&first("suva"), &first("apia"));
        assert!(
            (1_000.0..1_300.0).contains(&over_the_date_line),
            "{over_the_date_line}"
        );
    }
}

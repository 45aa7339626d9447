//! How many independent origins stand behind the reports of a story, as far as copies and credits tell.

use rashomon_core::{Copy, Report};

/// Why reports are one origin.
#[derive(Clone, Debug, PartialEq)]
pub enum SameOrigin {
    /// One was taken from the other.
    Copy(Copy),
    /// Both give credit to one agency or outlet, or one gives credit to the other.
    Credit {
        /// A report, as a position in the list of reports.
        report: usize,
        /// The other.
        of: usize,
        /// To whom they give credit.
        name: String,
    },
}

/// The origins of a story's reports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origins {
    /// The reports of each origin, as positions, ascending; in the order of their first reports.
    pub reports: Vec<Vec<usize>>,
    /// Why reports were put into one: a reason for every step.
    pub reasons: Vec<SameOrigin>,
}

/// Returns the origins of reports of one story; `copies` are those that [`copies`](crate::copies) found among them. What
/// single statements rest on is the ledger's matter; this counts whole reports.
pub fn origins(reports: &[&Report], copies: &[Copy]) -> Origins {
    let mut group: Vec<usize> = (0..reports.len()).collect();
    let mut reasons = Vec::new();
    let mut join = |one: usize, other: usize| -> bool {
        let (Some(&first), Some(&second)) = (group.get(one), group.get(other)) else {
            return false;
        };
        if first == second {
            return false;
        }
        let (kept, dropped) = (first.min(second), first.max(second));
        for place in group.iter_mut().filter(|place| **place == dropped) {
            *place = kept;
        }
        true
    };
    for copy in copies {
        if join(copy.report, copy.of) {
            reasons.push(SameOrigin::Copy(copy.clone()));
        }
    }
    let mut named: Vec<(String, usize, &str)> = Vec::new();
    for (position, report) in reports.iter().enumerate() {
        let own_names = report
            .credits
            .iter()
            .map(String::as_str)
            .chain(report.outlet.as_deref());
        named.extend(own_names.map(|name| (name.to_lowercase(), position, name)));
    }
    named.sort_unstable();
    for same in named.chunk_by(|one, other| one.0 == other.0) {
        // Two reports of one outlet are two pieces of its own work unless it is credited as the source.
        let credited = |position: usize, name: &str| {
            reports.get(position).is_some_and(|report| {
                report
                    .credits
                    .iter()
                    .any(|credit| credit.eq_ignore_ascii_case(name))
            })
        };
        let Some(&(_, first, name)) = same.first() else {
            continue;
        };
        for &(_, position, _) in same.iter().skip(1) {
            if (credited(position, name) || credited(first, name)) && join(position, first) {
                reasons.push(SameOrigin::Credit {
                    report: position,
                    of: first,
                    name: name.to_owned(),
                });
            }
        }
    }
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); reports.len()];
    for (report, &place) in group.iter().enumerate() {
        if let Some(list) = found.get_mut(place) {
            list.push(report);
        }
    }
    found.retain(|list| !list.is_empty());
    Origins {
        reports: found,
        reasons,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(outlet: &str, credits: &[&str]) -> Report {
        let mut report = Report::new(outlet, "text");
        report.outlet = Some(outlet.to_owned());
        report.credits = credits.iter().map(|&credit| credit.to_owned()).collect();
        report
    }

    #[test]
    fn copies_and_credits_are_one_origin_with_a_reason_each() {
        let reports = [
            report("Northern Wire", &[]),
            report("Lindvik Post", &["northern wire"]),
            report("Harbour Day", &[]),
            report("Tide", &[]),
        ];
        let references: Vec<&Report> = reports.iter().collect();
        let copy = Copy {
            report: 3,
            of: 2,
            share: 0.8,
            passages: Vec::new(),
        };
        let found = origins(&references, &[copy]);
        assert_eq!(found.reports, [vec![0, 1], vec![2, 3]]);
        assert_eq!(found.reasons.len(), 2);
    }

    #[test]
    fn two_reports_of_one_outlet_are_two() {
        let reports = [report("Tide", &[]), report("Tide", &[])];
        let references: Vec<&Report> = reports.iter().collect();
        assert_eq!(origins(&references, &[]).reports.len(), 2);
    }
}

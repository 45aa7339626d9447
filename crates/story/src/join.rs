//! Stories from links: the two sets of reports that are most alike become one, again and again.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::linkage::{AHEAD, Item, Set, TIMES_AS_LARGE, likeness_of, measures, needed, scale_of};
use crate::neighbours::Link;
use crate::options::GroupingOptions;
use crate::vector::{CUT_SUM, DenseVector};

/// Sets of so many reports or fewer are left over beside larger ones.
const LEFT_OVER: f32 = 3.0;
/// How many sets a set is compared with when it has grown.
pub(crate) const COMPARED: usize = 64;

/// Two sets that may become one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair {
    likeness: f32,
    /// The product of their sums.
    product: f32,
    sets: (u32, u32),
    versions: (u32, u32),
}

impl Eq for Pair {}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pair {
    /// The largest is the most alike pair; of equals the one of the earliest sets.
    fn cmp(&self, other: &Self) -> Ordering {
        self.likeness
            .total_cmp(&other.likeness)
            .then_with(|| other.sets.cmp(&self.sets))
            .then_with(|| self.versions.cmp(&other.versions))
    }
}

/// A set that another may be like.
#[derive(Clone, Copy, Debug)]
struct Near {
    set: u32,
    /// The version of that set for which the product holds.
    version: u32,
    /// The product of the sums of both.
    product: f32,
}

/// A set with what it may be like.
#[derive(Clone, Debug, Default)]
struct Place {
    /// Empty where the set has become part of another.
    set: Set,
    near: Vec<Near>,
    /// Counts the changes of the set; what was computed before the last is void.
    version: u32,
    gone: bool,
}

/// All sets while they are joined.
#[derive(Debug)]
struct Sets<'options> {
    places: Vec<Place>,
    /// The set that each has become part of, or itself.
    into: Vec<u32>,
    /// The sum that is compared with others.
    laid_out: DenseVector,
    options: &'options GroupingOptions,
}

/// Among how many stories reports are joined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crowd {
    /// How many stories there are beside those of the reports that are joined.
    pub(crate) beside: usize,
    /// The share of all of them that are of one time ([`share_at_one_time`](crate::linkage::share_at_one_time)).
    pub(crate) at_one_time: f32,
}

/// Joins reports to sets as long as two sets are at least as alike as the threshold of the options. The vectors of the
/// items are of so many numbered terms ([`number_terms`](crate::vector::number_terms)). Positions in the result are those of `items`, ascending in each set; each set is compared with so many others when it has grown; sets
/// are in the order of their first report.
pub(crate) fn join(
    items: Vec<Item>,
    terms: usize,
    links: &[Link],
    compared: usize,
    crowd: Crowd,
    options: &GroupingOptions,
) -> Vec<Vec<usize>> {
    let mut number = items.len() + crowd.beside;
    let needed = |number: usize| needed(number as f32 * crowd.at_one_time, options);
    let measures = measures(items.len(), links, options);
    let scales: Vec<f32> = measures
        .iter()
        .map(|&measure| scale_of(measure, options))
        .collect();
    let place = |(item, measure): (Item, f32)| Place {
        set: Set::of(item, measure, options),
        ..Place::default()
    };
    let mut sets = Sets {
        into: (0..items.len() as u32).collect(),
        places: items.into_iter().zip(measures).map(place).collect(),
        laid_out: DenseVector::new(terms),
        options,
    };
    let mut heap = sets.linked(links, &scales, compared);
    while let Some(best) = heap.pop() {
        let (kept, dropped) = best.sets;
        if (sets.version(kept), sets.version(dropped)) != (Some(best.versions.0), Some(best.versions.1)) {
            continue;
        }
        if best.likeness < needed(number) {
            break;
        }
        number -= 1;
        heap.extend(sets.merge(best, compared));
    }
    sets.take_leftovers(needed(number));
    let mut reports: Vec<Vec<usize>> = vec![Vec::new(); sets.places.len()];
    for item in 0..sets.places.len() {
        let set = sets.root(item as u32);
        if let Some(list) = reports.get_mut(set as usize) {
            list.push(item);
        }
    }
    reports.retain(|list| !list.is_empty());
    reports.sort_unstable();
    reports
}

impl Sets<'_> {
    /// Lets each report be near those that it has the best links with; returns the pairs that may become one.
    fn linked(&mut self, links: &[Link], scales: &[f32], compared: usize) -> BinaryHeap<Pair> {
        let scale = |report: u32| scales.get(report as usize).copied().unwrap_or_default();
        let product_of = |link: &Link| link.product * (scale(link.later) * scale(link.earlier));
        let mut by_likeness: Vec<&Link> = links.iter().collect();
        by_likeness.sort_unstable_by(|a, b| {
            b.likeness
                .total_cmp(&a.likeness)
                .then((a.earlier, a.later).cmp(&(b.earlier, b.later)))
        });
        for link in by_likeness {
            for (one, other) in [(link.earlier, link.later), (link.later, link.earlier)] {
                if let Some(place) = self.places.get_mut(one as usize)
                    && place.near.len() < compared
                {
                    place.near.push(Near {
                        set: other,
                        version: 0,
                        product: product_of(link),
                    });
                }
            }
        }
        links
            .iter()
            .filter_map(|link| self.pair(link.earlier, link.later, product_of(link)))
            .filter(|pair| pair.likeness >= self.options.link_threshold)
            .collect()
    }

    /// Returns the version of a set; `None` where it has become part of another.
    fn version(&self, set: u32) -> Option<u32> {
        let place = self.places.get(set as usize).filter(|place| !place.gone)?;
        Some(place.version)
    }

    /// Returns the product of what is near where it still holds.
    fn known(&self, near: Near) -> Option<f32> {
        (self.version(near.set) == Some(near.version)).then_some(near.product)
    }

    /// Returns two sets as a pair, by the product of their sums; `None` where one is gone.
    fn pair(&self, one: u32, other: u32, product: f32) -> Option<Pair> {
        let (first, second) = (one.min(other), one.max(other));
        let of = |set: u32| self.places.get(set as usize).filter(|place| !place.gone);
        let (a, b) = (of(first)?, of(second)?);
        Some(Pair {
            likeness: likeness_of(&a.set, &b.set, product, self.options),
            product,
            sets: (first, second),
            versions: (a.version, b.version),
        })
    }

    /// Makes two sets one; returns the pairs that it may become one with.
    ///
    /// The product of a sum with another set is the sum of the parts' products with it, which are mostly known.
    fn merge(&mut self, best: Pair, compared: usize) -> Vec<Pair> {
        let (kept, dropped) = best.sets;
        let taken = self.places.get_mut(dropped as usize).map(|place| {
            std::mem::replace(
                place,
                Place {
                    gone: true,
                    ..Place::default()
                },
            )
        });
        let (Some(taken), Some(place)) = (taken, self.places.get_mut(kept as usize)) else {
            return Vec::new();
        };
        place.set.take(&taken.set, self.options);
        place.version += 1;
        let version = place.version;
        // Of a sum that was just cut no product is known.
        let is_cut = place.set.sum.entries().len() == CUT_SUM;
        let own = std::mem::take(&mut place.near);
        if let Some(into) = self.into.get_mut(dropped as usize) {
            *into = kept;
        }
        let mut near: Vec<(u32, bool, Option<f32>)> = Vec::with_capacity(own.len() + taken.near.len());
        for (list, is_own) in [(own, true), (taken.near, false)] {
            for entry in list {
                let product = self.known(entry).filter(|_| !is_cut);
                near.push((self.root(entry.set), is_own, product));
            }
        }
        // Of each set and part the product that is known first.
        near.sort_unstable_by_key(|&(set, is_own, product)| (set, is_own, product.is_none()));
        near.dedup_by_key(|&mut (set, is_own, _)| (set, is_own));
        let mut is_laid_out = false;
        let mut pairs: Vec<Pair> = Vec::with_capacity(near.len());
        for of_one in near.chunk_by(|one, other| one.0 == other.0) {
            let Some(&(other, ..)) = of_one.first().filter(|(other, ..)| *other != kept) else {
                continue;
            };
            let product = if let [(.., Some(one)), (.., Some(two))] = of_one {
                one + two
            } else {
                if !is_laid_out && let Some(place) = self.places.get(kept as usize) {
                    self.laid_out.lay_out(&place.set.sum);
                    is_laid_out = true;
                }
                self.product_with(other)
            };
            self.renew(other, best.sets, version, product);
            pairs.extend(self.pair(kept, other, product));
        }
        let mut still: Vec<&Pair> = pairs.iter().collect();
        let other_of = |pair: &Pair| {
            if pair.sets.0 == kept {
                pair.sets.1
            } else {
                pair.sets.0
            }
        };
        still.sort_unstable_by(|a, b| {
            b.likeness
                .total_cmp(&a.likeness)
                .then_with(|| other_of(a).cmp(&other_of(b)))
        });
        still.truncate(compared);
        let near = still
            .into_iter()
            .filter_map(|pair| {
                let set = other_of(pair);
                Some(Near {
                    set,
                    version: self.version(set)?,
                    product: pair.product,
                })
            })
            .collect();
        if let Some(place) = self.places.get_mut(kept as usize) {
            place.near = near;
        }
        pairs.retain(|pair| pair.likeness >= self.options.link_threshold);
        pairs
    }

    /// Returns the product of a set and the sum that is laid out.
    fn product_with(&self, set: u32) -> f32 {
        let place = self.places.get(set as usize);
        place.map_or(0.0, |place| self.laid_out.dot(&place.set.sum))
    }

    /// Tells a set the product with another that has grown from two.
    fn renew(&mut self, set: u32, (kept, dropped): (u32, u32), version: u32, product: f32) {
        let Some(place) = self.places.get_mut(set as usize) else {
            return;
        };
        if let Some(entry) = place
            .near
            .iter_mut()
            .find(|entry| entry.set == kept || entry.set == dropped)
        {
            *entry = Near {
                set: kept,
                version,
                product,
            };
        }
    }

    /// Lets few reports that are nearly alike enough join a much larger story, where no other story comes near: a story
    /// of which single reports are split off is what readers complain of most.
    fn take_leftovers(&mut self, needed: f32) {
        let mut moves: Vec<(u32, u32)> = Vec::new();
        for small in 0..self.places.len() as u32 {
            let Some(place) = self
                .places
                .get_mut(small as usize)
                .filter(|place| !place.gone && place.set.count <= LEFT_OVER)
            else {
                continue;
            };
            let count = place.set.count;
            let mut near: Vec<(u32, Option<f32>)> = Vec::new();
            for entry in std::mem::take(&mut place.near) {
                let product = self.known(entry);
                near.push((self.root(entry.set), product));
            }
            near.sort_unstable_by_key(|&(set, product)| (set, product.is_none()));
            near.dedup_by_key(|&mut (set, _)| set);
            if near.iter().any(|(_, product)| product.is_none())
                && let Some(place) = self.places.get(small as usize)
            {
                self.laid_out.lay_out(&place.set.sum);
            }
            let mut ranked: Vec<(f32, u32)> = near
                .into_iter()
                .filter(|&(other, _)| other != small)
                .filter_map(|(other, product)| {
                    let product = product.unwrap_or_else(|| self.product_with(other));
                    Some((self.pair(small, other, product)?.likeness, other))
                })
                .collect();
            ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let Some(&(best, larger)) = ranked.first() else {
                continue;
            };
            let next = ranked.get(1).map_or(0.0, |&(next, _)| next);
            let larger_count = self
                .places
                .get(larger as usize)
                .map_or(0.0, |place| place.set.count);
            if best >= needed * self.options.leftover_share
                && best >= next * AHEAD
                && larger_count >= count * TIMES_AS_LARGE
            {
                moves.push((small, larger));
            }
        }
        for (small, larger) in moves {
            if let Some(place) = self.into.get_mut(small as usize) {
                *place = larger;
            }
        }
    }

    /// Returns the set that a set has become part of, and shortens the way there.
    fn root(&mut self, set: u32) -> u32 {
        let mut top = set;
        while let Some(&next) = self.into.get(top as usize)
            && next != top
        {
            top = next;
        }
        let mut on_way = set;
        while let Some(next) = self.into.get_mut(on_way as usize)
            && *next != top
        {
            on_way = std::mem::replace(next, top);
        }
        top
    }
}

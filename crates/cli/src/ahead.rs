//! Work on many items with all threads, its results in order, and only so much of it in memory.

use std::collections::VecDeque;
use std::sync::mpsc::channel;

/// Does `work` on every item, on the threads of the `rayon` pool, and gives the results to `take`, in the order of the
/// items. So many items are worked on, or wait for their turn, that their sizes do not add up to more than `most`, and
/// always one. After the first failure of `take` no item is begun any more.
pub(crate) fn in_order<Item: Sync, Product: Send>(
    items: &[Item],
    size: impl Fn(&Item) -> usize,
    most: usize,
    work: impl Fn(&Item) -> Product + Sync,
    mut take: impl FnMut(Product) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let work = &work;
    rayon::in_place_scope(|scope| {
        let mut coming = items.iter().enumerate().peekable();
        let mut begun = 0;
        let mut waiting = VecDeque::new();
        for (number, item) in items.iter().enumerate() {
            while let Some((_, item)) =
                coming.next_if(|&(later, item)| later == number || begun + size(item) <= most)
            {
                begun += size(item);
                let (sender, receiver) = channel();
                waiting.push_back(receiver);
                // Nobody receives where `take` has failed, and then nobody misses the product.
                scope.spawn(move |_| drop(sender.send(work(item))));
            }
            if let Some(receiver) = waiting.pop_front() {
                take(receiver.recv()?)?;
            }
            begun -= size(item);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_and_only_some_ahead() {
        let sizes: Vec<usize> = (0..200).map(|number| number * 7 % 13).collect();
        let begun = AtomicUsize::new(0);
        let mut taken = Vec::new();
        let mut most_ahead = 0;
        in_order(
            &sizes,
            |&size| size,
            20,
            |&size| {
                begun.fetch_add(size, Ordering::SeqCst);
                size
            },
            |size| {
                let before: usize = taken.iter().sum();
                most_ahead = most_ahead.max(begun.load(Ordering::SeqCst) - before);
                taken.push(size);
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(taken, sizes);
        assert!(most_ahead <= 20, "{most_ahead}");
    }

    #[test]
    fn an_item_larger_than_all_is_done_alone() {
        let mut taken = Vec::new();
        in_order(
            &[50, 1, 50],
            |&size| size,
            10,
            |&size| size,
            |size| {
                taken.push(size);
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(taken, [50, 1, 50]);
    }

    #[test]
    fn a_failure_ends_the_work() {
        let begun = AtomicUsize::new(0);
        let result = in_order(
            &[1; 1000],
            |&size| size,
            4,
            |_| begun.fetch_add(1, Ordering::SeqCst),
            |_| anyhow::bail!("no more"),
        );
        assert!(result.is_err());
        assert!(begun.load(Ordering::SeqCst) <= 4);
    }
}

//! The dependency tree of a sentence, with what hangs below each word.

use std::ops::Range;

use crate::context::Context;

/// Stands for "no token" in the lists of children.
const NONE: usize = usize::MAX;

/// The trees of a stretch of tokens: what a token's head is, what depends on it, and how far its words reach.
pub(crate) struct Tree<'scene, 'reading> {
    context: &'scene Context<'reading>,
    tokens: Range<usize>,
    first_child: Vec<usize>,
    next_sibling: Vec<usize>,
    /// The first and the last token at or below each token.
    reach: Vec<(usize, usize)>,
}

impl<'scene, 'reading> Tree<'scene, 'reading> {
    /// Returns the trees of `tokens`, in time linear in their count.
    pub(crate) fn new(context: &'scene Context<'reading>, tokens: Range<usize>) -> Self {
        let count = tokens.len();
        let mut tree = Self {
            context,
            first_child: vec![NONE; count],
            next_sibling: vec![NONE; count],
            reach: tokens.clone().map(|token| (token, token)).collect(),
            tokens,
        };
        let mut open = vec![0_usize; count];
        for place in (0..count).rev() {
            let token = tree.tokens.start + place;
            if let Some(head) = tree.head(token).and_then(|head| tree.place(head)) {
                if let (Some(sibling), Some(first)) =
                    (tree.next_sibling.get_mut(place), tree.first_child.get_mut(head))
                {
                    *sibling = *first;
                    *first = place;
                }
                if let Some(open) = open.get_mut(head) {
                    *open += 1;
                }
            }
        }
        // From the leaves up: a token hands its reach on when all below it have.
        let mut ready: Vec<usize> = (0..count).filter(|&place| open.get(place) == Some(&0)).collect();
        while let Some(place) = ready.pop() {
            let (Some(&(low, high)), Some(head)) = (
                tree.reach.get(place),
                tree.head(tree.tokens.start + place)
                    .and_then(|head| tree.place(head)),
            ) else {
                continue;
            };
            if let (Some(reach), Some(open)) = (tree.reach.get_mut(head), open.get_mut(head)) {
                *reach = (reach.0.min(low), reach.1.max(high));
                *open = open.saturating_sub(1);
                if *open == 0 {
                    ready.push(head);
                }
            }
        }
        tree
    }

    /// Returns the place of a token in the lists.
    fn place(&self, token: usize) -> Option<usize> {
        self.tokens.contains(&token).then(|| token - self.tokens.start)
    }

    /// Returns the head of a token, where it stands among the tokens.
    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        let head = self.context.tokens.get(token)?.head?;
        (self.tokens.contains(&head) && head != token).then_some(head)
    }

    /// Returns the relation of a token to its head; the empty word where there is none.
    pub(crate) fn relation(&self, token: usize) -> &'static str {
        self.context
            .tokens
            .get(token)
            .and_then(|token| token.relation)
            .unwrap_or("")
    }

    /// Returns what depends on a token, in the order of the text.
    pub(crate) fn children(&self, token: usize) -> impl Iterator<Item = usize> {
        let mut next = self
            .place(token)
            .and_then(|place| self.first_child.get(place))
            .copied()
            .unwrap_or(NONE);
        std::iter::from_fn(move || {
            let place = next;
            next = *self.next_sibling.get(place)?;
            Some(self.tokens.start + place)
        })
    }

    /// Returns the first child of a token with one of the relations.
    pub(crate) fn child(&self, token: usize, relations: &[&str]) -> Option<usize> {
        self.children(token)
            .find(|&child| relations.contains(&self.relation(child)))
    }

    /// Returns the first token at or below a token.
    pub(crate) fn low(&self, token: usize) -> usize {
        self.range(token).start
    }

    /// Returns the token after the last one at or below a token.
    pub(crate) fn end(&self, token: usize) -> usize {
        self.range(token).end
    }

    /// Returns the tokens from the first to the last one at or below a token.
    pub(crate) fn range(&self, token: usize) -> Range<usize> {
        self.place(token)
            .and_then(|place| self.reach.get(place))
            .map_or(token..token + 1, |&(low, high)| low..high + 1)
    }
}

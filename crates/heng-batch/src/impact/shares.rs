//! Which change did how much: the Shapley split of a department's change over the items of the change
//! of rules. Up to ten items every order of making them is counted, exactly; above that, so many orders
//! are drawn from a seed. Either way the shares add up to the whole change, because along each order
//! they do.

use std::collections::BTreeSet;

use heng_model::Number;

/// How many items are counted exactly.
pub const MOST_EXACT: usize = 10;

/// How many rule sets may be made for a drawn split, about.
const MOST_MADE: usize = 400;

/// Which rule sets are needed, and how their scores become shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many items there are.
    pub count: usize,
    /// The orders that were drawn; none where all are counted.
    pub orders: Option<Vec<Vec<usize>>>,
    /// What they were drawn from.
    pub seed: u64,
}

impl Plan {
    /// The split of `count` items; orders are drawn from `seed` where there are too many.
    #[must_use]
    pub fn new(count: usize, seed: u64) -> Plan {
        let orders = (count > MOST_EXACT).then(|| {
            let mut source = Source(seed);
            let pairs = (MOST_MADE / count / 2).max(8);
            // Each order comes with its reverse: what one gives too early the other gives too late.
            let drawn = (0..pairs).flat_map(|_| {
                let order = source.order(count);
                let reverse = order.iter().rev().copied().collect();
                [order, reverse]
            });
            drawn.collect()
        });
        Plan { count, orders, seed }
    }

    /// The choices of items whose rules are needed: each as a yes or no by item.
    #[must_use]
    pub fn choices(&self) -> Vec<Vec<bool>> {
        let count = self.count;
        let Some(orders) = &self.orders else {
            let every = 0..1usize.checked_shl(u32::try_from(count).unwrap_or(0)).unwrap_or(1);
            return every.map(|set| (0..count).map(|item| set >> item & 1 == 1).collect()).collect();
        };
        let mut found: BTreeSet<Vec<bool>> = (0..count).map(|item| alone(count, item)).collect();
        for order in orders {
            let mut chosen = vec![false; count];
            found.insert(chosen.clone());
            for item in order {
                chosen.get_mut(*item).into_iter().for_each(|slot| *slot = true);
                found.insert(chosen.clone());
            }
        }
        found.into_iter().collect()
    }

    /// What each item adds along each order; `score` tells what a choice of items comes to. `None` where
    /// one that is needed has no score.
    pub fn along<'n>(&self, score: &dyn Fn(&[bool]) -> Option<&'n Number>) -> Option<Vec<Vec<Number>>> {
        self.orders.iter().flatten().map(|order| self.one_order(order, score)).collect()
    }

    fn one_order<'n>(&self, order: &[usize], score: &dyn Fn(&[bool]) -> Option<&'n Number>) -> Option<Vec<Number>> {
        let mut chosen = vec![false; self.count];
        let mut adds = vec![Number::ZERO; self.count];
        let mut before = score(&chosen)?;
        for item in order {
            *chosen.get_mut(*item)? = true;
            let after = score(&chosen)?;
            *adds.get_mut(*item)? = after - before;
            before = after;
        }
        Some(adds)
    }

    /// The share of each item, exactly.
    pub fn exact<'n>(&self, score: &dyn Fn(&[bool]) -> Option<&'n Number>) -> Option<Vec<Number>> {
        let count = self.count;
        let weights: Vec<Number> = (0..count).map(|made| weight(made, count)).collect();
        let mut shares = vec![Number::ZERO; count];
        for chosen in self.choices() {
            let here = score(&chosen)?;
            let made = chosen.iter().filter(|one| **one).count();
            for (item, share) in shares.iter_mut().enumerate() {
                let mut without = chosen.clone();
                if !std::mem::replace(without.get_mut(item)?, false) {
                    continue;
                }
                let added = here - score(&without)?;
                if !added.is_zero() {
                    *share = &*share + &(&added * weights.get(made.checked_sub(1)?)?);
                }
            }
        }
        Some(shares)
    }
}

/// The choice of one item.
#[must_use]
pub fn alone(count: usize, item: usize) -> Vec<bool> {
    (0..count).map(|place| place == item).collect()
}

/// In how many of all orders an item comes behind just these `made` others: `made! (count − made − 1)! ÷ count!`.
fn weight(made: usize, count: usize) -> Number {
    let factorial = |upto: usize| (1..=upto).fold(Number::ONE, |product, next| &product * &Number::from(next));
    let some = &factorial(made) * &factorial(count.saturating_sub(made + 1));
    some.checked_div(&factorial(count)).unwrap_or(Number::ZERO)
}

/// Numbers from a seed, the same on every machine and in every version: SplitMix64.
#[derive(Clone, Debug)]
pub struct Source(pub u64);

impl Source {
    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is above nought.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The upper half of the product: no remainder is favoured by more than 2⁻⁶⁴ of all.
        u64::try_from((u128::from(self.draw()) * u128::from(bound)) >> 64).unwrap_or(0)
    }

    /// The numbers below `count` in an order of chance.
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for place in (1..count).rev() {
            let other = usize::try_from(self.below(place as u64 + 1)).unwrap_or(0);
            order.swap(place, other);
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A game in which items 0 and 1 give 6 together and nothing alone, and each other gives its number.
    fn game(count: usize, plan: &Plan) -> BTreeMap<Vec<bool>, Number> {
        let worth = |chosen: &Vec<bool>| {
            let single: usize = (2..count).filter(|item| chosen[*item]).sum();
            single + if chosen[0] && chosen[1] { 6 } else { 0 }
        };
        plan.choices().into_iter().map(|chosen| (chosen.clone(), Number::from(worth(&chosen)))).collect()
    }

    #[test]
    fn what_two_do_together_is_shared() {
        let plan = Plan::new(4, 1);
        let scores = game(4, &plan);
        let shares = plan.exact(&|chosen| scores.get(chosen)).unwrap();
        assert_eq!(shares, [3, 3, 2, 3].map(Number::from));
        // By the definition: the mean over every order.
        let orders: Vec<Vec<usize>> = [0, 1, 2, 3]
            .into_iter()
            .flat_map(|a| [0, 1, 2, 3].into_iter().flat_map(move |b| [0, 1, 2, 3].map(move |c| vec![a, b, c])))
            .filter(|order| order.iter().collect::<BTreeSet<_>>().len() == 3)
            .map(|mut order| {
                order.push(6 - order.iter().sum::<usize>());
                order
            })
            .collect();
        assert_eq!(orders.len(), 24);
        let drawn = Plan { orders: Some(orders), ..plan };
        let along = drawn.along(&|chosen| scores.get(chosen)).unwrap();
        for (item, share) in shares.iter().enumerate() {
            let sum: Number = along.iter().map(|adds| adds[item].clone()).sum();
            assert_eq!(sum.checked_div(&Number::from(24)).unwrap(), *share);
        }
    }

    #[test]
    fn drawn_shares_add_up_and_come_again() {
        let plan = Plan::new(12, 7);
        assert_eq!(plan, Plan::new(12, 7));
        assert_ne!(plan, Plan::new(12, 8));
        let scores = game(12, &plan);
        let along = plan.along(&|chosen| scores.get(chosen)).unwrap();
        let whole = scores.get(&vec![true; 12]).unwrap();
        assert!(along.iter().all(|adds| adds.iter().cloned().sum::<Number>() == *whole));
    }

    #[test]
    fn without_a_score_there_is_no_share() {
        let plan = Plan::new(2, 1);
        let mut scores = game(2, &plan);
        scores.remove(&vec![true, false]);
        assert_eq!(plan.exact(&|chosen| scores.get(chosen)), None);
    }
}

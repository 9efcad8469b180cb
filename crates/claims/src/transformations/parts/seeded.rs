//! The seeded generator of .NET, so that a seed in a policy gives the number that it has always given.
//!
//! It is the subtractive generator of Knuth (The Art of Computer Programming, volume 2, section 3.2.2) with the
//! distance 21 between its two places, where the book has 31. Nothing about it is secret: the seed is in the policy.

const MODULUS: i32 = i32::MAX;
const START: i32 = 161_803_398;
/// One place more than there are numbers: they are counted from one.
const PLACES: usize = 56;
const DISTANCE: usize = 21;

/// A generator that gives the same numbers for the same seed.
pub(crate) struct Seeded {
    numbers: [i32; PLACES],
    first: usize,
    second: usize,
}

impl Seeded {
    pub(crate) fn new(seed: i32) -> Self {
        let mut numbers = [0; PLACES];
        let mut last = START - seed.checked_abs().unwrap_or(i32::MAX);
        numbers[55] = last;
        let mut next = 1;
        for at in 1..55 {
            let place = 21 * at % 55;
            numbers[place] = next;
            next = into_range(last.wrapping_sub(next));
            last = numbers[place];
        }
        for _ in 0..4 {
            for at in 1..PLACES {
                numbers[at] = into_range(numbers[at].wrapping_sub(numbers[1 + (at + 30) % 55]));
            }
        }
        Self { numbers, first: 0, second: DISTANCE }
    }

    /// A number from zero up to, not including, the greatest int.
    fn next(&mut self) -> i32 {
        self.first = following(self.first);
        self.second = following(self.second);
        let mut number = self.numbers[self.first].wrapping_sub(self.numbers[self.second]);
        if number == MODULUS {
            number -= 1;
        }
        number = into_range(number);
        self.numbers[self.first] = number;
        number
    }

    /// A number from zero up to, not including, `bound`.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        (f64::from(self.next()) * (1.0 / f64::from(MODULUS)) * f64::from(bound)) as u32
    }
}

fn following(place: usize) -> usize {
    if place + 1 < PLACES { place + 1 } else { 1 }
}

fn into_range(number: i32) -> i32 {
    if number < 0 { number.wrapping_add(MODULUS) } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_dotnet() {
        let draw = |seed| {
            let mut seeded = Seeded::new(seed);
            [seeded.next(), seeded.next()]
        };
        assert_eq!(draw(0), [1_559_595_546, 1_755_192_844]);
        assert_eq!(draw(42), [1_434_747_710, 302_596_119]);
        assert_eq!(Seeded::new(i32::MIN).next(), Seeded::new(i32::MAX).next());
    }

    #[test]
    fn bounds_hold() {
        let mut seeded = Seeded::new(7);
        assert!((0..1_000).all(|_| (0..10).contains(&seeded.below(10))));
        assert_eq!(Seeded::new(7).below(0), 0);
    }
}

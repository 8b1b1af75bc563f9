//! Finds rows by what they are known by, without a copy of it: routers have tens of thousands of them.

use std::hash::{BuildHasher, Hash, RandomState};

/// A hash, and a position that has it.
pub(super) type Place = (u64, usize);

/// Positions by the hash of a key. Two keys may have one hash: who looks a position up compares the key.
#[derive(Debug, Default)]
pub(super) struct RowIndex {
    hasher: RandomState,
    /// Sorted.
    places: Vec<Place>,
    /// `buckets[b]..buckets[b + 1]` are the places whose hash has `b` as its first bits. Hashes are spread evenly, and there
    /// are about as many buckets as rows: few places are in each.
    buckets: Vec<usize>,
    /// How far a hash is shifted to leave its first bits.
    shift: u32,
}

impl RowIndex {
    /// Of keys, each with its position.
    pub(super) fn new<K: Hash>(keys: impl Iterator<Item = (K, usize)>) -> Self {
        let hasher = RandomState::new();
        let mut places: Vec<Place> = keys.map(|(key, position)| (hasher.hash_one(key), position)).collect();
        places.sort_unstable();
        let bits = places.len().next_power_of_two().ilog2().max(1);
        let shift = u64::BITS - bits;
        let mut buckets = Vec::with_capacity((1 << bits) + 1);
        for (position, (hash, _)) in places.iter().enumerate() {
            buckets.resize(buckets.len().max(bucket(*hash, shift) + 1), position);
        }
        buckets.resize((1 << bits) + 1, places.len());
        Self { hasher, places, buckets, shift }
    }

    /// Where the key may be, in order.
    pub(super) fn find(&self, key: impl Hash) -> &[Place] {
        let hash = self.hasher.hash_one(key);
        let [from, to, ..] = self.buckets.get(bucket(hash, self.shift)..).unwrap_or_default() else { return &[] };
        let places = self.places.get(*from..*to).unwrap_or_default();
        let first = places.partition_point(|(before, _)| *before < hash);
        let found = places.get(first..).unwrap_or_default();
        let count = found.iter().take_while(|(same, _)| *same == hash).count();
        found.get(..count).unwrap_or_default()
    }
}

/// The first bits of a hash, as a position.
fn bucket(hash: u64, shift: u32) -> usize {
    usize::try_from(hash.checked_shr(shift).unwrap_or_default()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_wherever_it_is_in_the_order_of_the_rows() {
        let keys = ["ana", "eva", "ana", "luz"];
        let index = RowIndex::new(keys.into_iter().zip(0..));
        let found = |key: &str| index.find(key).iter().map(|(_, position)| *position).collect::<Vec<_>>();
        assert_eq!(found("ana"), [0, 2]);
        assert_eq!(found("luz"), [3]);
        assert!(found("sol").is_empty());
        assert!(RowIndex::default().find("ana").is_empty());
    }

    #[test]
    fn each_of_thousands_is_found_and_no_other() {
        for count in [0, 1, 2, 1000, 4097] {
            let index = RowIndex::new((0..count).map(|key| (key * 7, key)));
            for key in 0..count {
                assert_eq!(index.find(key * 7).iter().map(|(_, position)| *position).collect::<Vec<_>>(), [key]);
                assert!(index.find(key * 7 + 1).is_empty());
            }
        }
    }
}

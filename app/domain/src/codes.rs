//! Enums whose values have codes: in data, in addresses, in forms.

/// Gives an enum `ALL`, in the order of its lines, and `code`: the name of each in small
/// letters, as it stands in JSON too.
macro_rules! coded {
    ($name:ty) => {
        impl $name {
            pub const ALL: [Self; <Self as strum::EnumCount>::COUNT] =
                match <Self as strum::VariantArray>::VARIANTS.first_chunk() {
                    Some(all) => *all,
                    None => panic!("there are as many as there are"),
                };

            pub fn code(self) -> &'static str {
                self.into()
            }
        }
    };
}

/// The same with `parse`.
macro_rules! codes {
    ($name:ty) => {
        $crate::codes::coded!($name);

        impl $name {
            pub fn parse(code: &str) -> Option<Self> {
                code.parse().ok()
            }
        }
    };
}

pub(crate) use {coded, codes};

//! What an office looks at beside single orders.

#[cfg(feature = "ssr")]
pub mod ahead;
#[cfg(feature = "ssr")]
pub mod audit;
pub mod body;
#[cfg(feature = "ssr")]
pub mod cards;
#[cfg(feature = "ssr")]
pub mod city;
#[cfg(feature = "ssr")]
pub mod commitments;
#[cfg(feature = "ssr")]
pub mod deputy;
#[cfg(feature = "ssr")]
pub mod late;

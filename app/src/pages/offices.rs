//! What an office looks at beside single orders.

pub mod ahead;
pub mod audit;
pub mod body;
pub mod cards;
pub mod city;
pub mod commitments;
pub mod deputy;
pub mod late;

//! The hash that stands in where there is no user.

use argon2::password_hash::PasswordHasher as _;

use super::{PasswordHasher, Standing::Stranger, Verdict, argon2id};
use crate::Password;

#[tokio::test]
async fn not_even_the_password_of_the_stand_in_is_right() {
    let stand_in = argon2id()
        .hash_password(b"correct horse")
        .unwrap()
        .to_string();
    let hasher = PasswordHasher {
        nobody: stand_in.into(),
        ..PasswordHasher::new().unwrap()
    };
    let password = Password::enter("correct horse".to_owned()).unwrap();
    assert_eq!(
        hasher.verify(password, None, Stranger).await.unwrap(),
        Verdict::Wrong
    );
}

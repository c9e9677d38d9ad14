//! `sandbox mint`: a token for scripts.

use clap::Args;
use sandbox::token;
use serde_json::{Map, Value, json};

use super::Failure;
use super::project::Project;

pub(super) const EXAMPLES: &str = "\
Examples:
  sandbox mint --sub usr_1
  sandbox mint --sub usr_1 --email ada@acme.test --plan pro --amount 2900 --interval month
  sandbox mint --sub usr_1 --age 600";

#[derive(Args)]
pub(super) struct Options {
    /// The user's id in your system.
    #[arg(long, value_name = "ID")]
    sub: String,
    /// Where the user can be written to.
    #[arg(long)]
    email: Option<String>,
    /// The name of the user's plan.
    #[arg(long)]
    plan: Option<String>,
    /// What the user is charged, in cents.
    #[arg(long, value_name = "CENTS", requires = "interval")]
    amount: Option<i64>,
    /// How often the user is charged it: month or year.
    #[arg(long, value_parser = ["month", "year"])]
    interval: Option<String>,
    /// How many seconds ago it was minted; from 300 on it has expired.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    age: u32,
    #[command(flatten)]
    project: Project,
}

pub(super) fn run(options: Options) -> Result<(), Failure> {
    let config = options.project.config()?;
    let traits = given([
        ("plan", options.plan.map(Value::from)),
        ("amount", options.amount.map(Value::from)),
        ("interval", options.interval.map(Value::from)),
    ]);
    let claims = given([
        ("sub", Some(json!(options.sub))),
        ("email", options.email.map(Value::from)),
        ("traits", (!traits.is_empty()).then(|| traits.into())),
    ]);
    let minted_at = config.clock.now() - i64::from(options.age);
    let token = token::mint(claims, &config.secret, &config.audience, minted_at);
    println!("{token}");
    Ok(())
}

/// The claims that are not left out.
fn given<const N: usize>(claims: [(&str, Option<Value>); N]) -> Map<String, Value> {
    let given = |(name, value): (&str, Option<Value>)| Some((name.to_owned(), value?));
    claims.into_iter().filter_map(given).collect()
}

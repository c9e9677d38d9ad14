//! Somebody at work, who remembers what they were told.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{PASSWORD, PATIENCE, Person, claims, is_not_now, load::Tally};

const PLANS: [(&str, i64); 3] = [("free", 0), ("pro", 2_900), ("scale", 9_900)];

/// Somebody, and what they were told last.
pub(super) struct Memory {
    person: Person,
    /// What they may be charged: what was acknowledged last, and all that was asked for since
    /// without an answer.
    amounts: Vec<i64>,
    /// Sessions whose end was acknowledged.
    ended: Vec<String>,
}

impl Memory {
    /// Of somebody who has just signed up.
    pub(super) fn new(person: Person) -> Self {
        Self {
            person,
            amounts: vec![0],
            ended: Vec::new(),
        }
    }

    /// Does one thing after the other until it is told to stop.
    pub(super) async fn live(mut self, door: String, tally: Arc<Tally>) -> Self {
        for round in 0.. {
            if tally.stop.load(Relaxed) {
                break;
            }
            let (plan, amount) = PLANS[round % PLANS.len()];
            self.amounts.push(amount);
            let change = json!({ "plan": plan, "interval": "month" });
            if self
                .ask(&door, &tally, "change_plan", change)
                .await
                .is_some()
            {
                self.amounts = vec![amount];
            }
            if let Some(token) = self.ask(&door, &tally, "identity_token", json!({})).await {
                self.believes(&claims(token["token"].as_str().unwrap()));
            }
            if round % 5 == 4 {
                self.leave_and_return(&door, &tally).await;
            }
        }
        self
    }

    /// A sign-out that nobody acknowledged may have happened or not: then the session is nobody's
    /// business any more.
    async fn leave_and_return(&mut self, door: &str, tally: &Tally) {
        let left = self.person.cookie.clone().unwrap();
        if self.ask(door, tally, "sign_out", json!({})).await.is_some() {
            self.ended.push(left);
        }
        self.person.cookie = None;
        let credentials = json!({ "email": self.person.email, "password": PASSWORD });
        let began = Instant::now();
        while self
            .ask(door, tally, "sign_in", credentials.clone())
            .await
            .is_none()
        {
            assert!(began.elapsed() < PATIENCE, "nobody gets in again");
            // Whoever is told to come back does not do so at once.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What was asked for, if it was done. Everything but that and "not now" is a failure.
    async fn ask(
        &mut self,
        door: &str,
        tally: &Tally,
        endpoint: &str,
        body: Value,
    ) -> Option<Value> {
        let began = Instant::now();
        let Some(answer) = self.person.try_call(door, endpoint, body).await else {
            tally.cut.fetch_add(1, Relaxed);
            return None;
        };
        if answer.status == 200 {
            tally.done.fetch_add(1, Relaxed);
            return Some(answer.json());
        }
        is_not_now(&answer);
        tally.refused.fetch_add(1, Relaxed);
        let mut slowest = tally.slowest_refusal.lock().unwrap();
        *slowest = began.elapsed().max(*slowest);
        None
    }

    fn believes(&mut self, claims: &Value) {
        let amount = claims["traits"]["amount"].as_i64().unwrap();
        assert!(
            self.amounts.contains(&amount),
            "{amount}, not {:?}",
            self.amounts
        );
        // Now it is known.
        self.amounts = vec![amount];
    }

    /// Nothing that was acknowledged is lost, as each of `origins` sees it.
    pub(super) async fn lost_nothing(mut self, origins: [&str; 2]) {
        for origin in origins {
            let token = self.person.mint(origin).await.ok()["token"].clone();
            let claims = claims(token.as_str().unwrap());
            self.believes(&claims);
            assert_eq!(claims["email"], self.person.email);
        }
        for ended in self.ended {
            self.person.cookie = Some(ended);
            for origin in origins {
                let answer = self.person.mint(origin).await;
                assert_eq!(answer.status, 401, "it is open again");
            }
        }
    }
}

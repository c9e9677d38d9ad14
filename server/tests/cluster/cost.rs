//! What a token and a sign-in cost in time on a processor. Not how many a second: other work on the
//! machine changes that more than this.

use std::{fs, time::Duration};

use crate::support::{Cluster, Cpu, PASSWORD, Person};

/// For each server.
const PEOPLE: usize = 8;
const TOKENS: usize = 250;
/// Not as fast as they can: a server that never rests needs less for each, whatever is beside it.
const BETWEEN_TOKENS: Duration = Duration::from_millis(40);
const SIGN_INS: usize = 25;
const ROUNDS: usize = 4;

/// What people ask for.
#[derive(Clone, Copy)]
enum Wish {
    Tokens,
    SignIns,
}

/// What it took of everybody who had a part in it.
#[derive(Default)]
struct Cost {
    answers: u32,
    servers: Duration,
    hashing: Duration,
    database: Duration,
    nginx: Duration,
}

impl Cost {
    /// Lets everybody have their wish, and adds what that took.
    async fn add(&mut self, cluster: &Cluster, people: &[Person], wish: Wish) {
        let before = Cpu::of_parts(cluster);
        let asking = people.iter().map(|person| {
            let (person, door) = (person.clone(), cluster.door.clone());
            tokio::spawn(ask(person, door, wish))
        });
        for asked in asking.collect::<Vec<_>>() {
            self.answers += asked.await.unwrap();
        }
        let after = Cpu::of_parts(cluster);
        let [server, other, database, nginx] =
            std::array::from_fn(|part| after[part] - before[part]);
        self.servers += server.all + other.all;
        self.hashing += server.hashing + other.hashing;
        self.database += database.all;
        self.nginx += nginx.all;
    }

    /// In microseconds.
    fn print(&self, what: &str) {
        let parts = [
            self.servers - self.hashing,
            self.hashing,
            self.database,
            self.nginx,
        ];
        let each = parts.map(|part| (part / self.answers).as_micros());
        let [server, hashing, database, nginx] = each;
        println!("{what:<34} {server:>9} {hashing:>9} {database:>9} {nginx:>9}");
    }
}

async fn ask(mut person: Person, door: String, wish: Wish) -> u32 {
    let times = match wish {
        Wish::Tokens => TOKENS,
        Wish::SignIns => SIGN_INS,
    };
    let mut moments = tokio::time::interval(BETWEEN_TOKENS);
    for _ in 0..times {
        match wish {
            Wish::Tokens => {
                moments.tick().await;
                person.mint(&door).await.ok();
            }
            Wish::SignIns => {
                person.cookie = None;
                person.sign_in(&door, PASSWORD).await.ok();
            }
        }
    }
    u32::try_from(times).unwrap()
}

/// People who have an account, and have been here lately.
async fn people(door: &str) -> Vec<Person> {
    let mut people = Vec::new();
    for number in 0..2 * PEOPLE {
        let machine = u8::try_from(100 + number).unwrap();
        let mut person = Person::new(&format!("user{number}@example.com"), machine);
        person.sign_up(door).await.ok();
        person.sign_in(door, PASSWORD).await.ok();
        people.push(person);
    }
    people
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures: cargo xtask bench"]
async fn what_a_token_and_a_sign_in_cost() {
    let mut cluster = Cluster::start();
    let everybody = people(&cluster.door).await;
    let (some, _) = everybody.split_at(PEOPLE);
    let [mut one, mut two, mut sign_ins] = [(); 3].map(|()| Cost::default());
    // Until all connections are there and all statements prepared.
    Cost::default()
        .add(&cluster, &everybody, Wish::Tokens)
        .await;
    // In turns: whatever else the machine does falls on both.
    for _ in 0..ROUNDS {
        let b = cluster.b.addr().to_owned();
        cluster.hold_out(&b);
        one.add(&cluster, some, Wish::Tokens).await;
        cluster.let_in(&b);
        two.add(&cluster, &everybody, Wish::Tokens).await;
        sign_ins.add(&cluster, &everybody, Wish::SignIns).await;
    }

    let file = cluster.guide.path("/var/lib/identity/demo.db");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    cluster.b.stop();
    let url = format!("sqlite://{}", file.display());
    cluster.b.set("DATABASE_URL", &url);
    cluster.b.start();
    let a = cluster.a.addr().to_owned();
    cluster.hold_out(&a);
    let everybody = people(&cluster.door).await;
    let (some, _) = everybody.split_at(PEOPLE);
    let [mut in_a_file, mut sign_ins_in_a_file] = [(); 2].map(|()| Cost::default());
    for _ in 0..ROUNDS {
        in_a_file.add(&cluster, some, Wish::Tokens).await;
        let wish = Wish::SignIns;
        sign_ins_in_a_file.add(&cluster, some, wish).await;
    }
    // It is in the server: what PostgreSQL did meanwhile was for nobody here.
    for cost in [&mut in_a_file, &mut sign_ins_in_a_file] {
        cost.database = Duration::ZERO;
    }

    println!("microseconds on a processor           server   hashing  database     nginx");
    one.print("a token, one server, PostgreSQL");
    two.print("a token, two servers, PostgreSQL");
    in_a_file.print("a token, one server, SQLite");
    sign_ins.print("a sign-in, two servers, PostgreSQL");
    sign_ins_in_a_file.print("a sign-in, one server, SQLite");
    let [one, two] = [one, two].map(|cost| cost.servers / cost.answers);
    let times = two.as_secs_f64() / one.as_secs_f64();
    assert!(
        times < 1.25,
        "a token of two servers costs {times:.2} times as much"
    );
}

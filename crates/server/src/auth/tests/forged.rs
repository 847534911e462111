//! Every forged token is refused, with the same bytes, and leaves nothing of itself in the log.

use std::io;
use std::sync::Mutex;

use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

use super::*;

#[tokio::test]
async fn every_one_is_refused_alike() {
    let world = corpus::World::new(Hand::new().clock());
    assert!(shown(&world.who, &world.good()).await.is_ok(), "the one that all others are made of");
    let all = corpus::all(&world);
    assert!(all.len() >= 100, "{}", all.len());
    let mut wrong = Vec::new();
    for (name, token, reason) in all {
        let found = shown(&world.who, &token).await;
        if found != refused(reason) {
            wrong.push(format!("{name}: {found:?} instead of {reason:?}"));
        }
        let error = world.who.authenticate(&bearer(&token), &NO_KEYS).await.unwrap_err();
        // One answer for all of them: it is made from this alone.
        assert_eq!(error, AuthError::Refused, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn nothing_of_them_comes_into_the_log() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(Level::TRACE).with_ansi(false).with_writer(log.clone());
    // For the whole process, other tests included: what one thread has found to interest nobody, tracing takes to
    // interest no other thread.
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let world = corpus::World::new(Hand::new().clock());
    let all = corpus::all(&world);
    let secret = api_key::NewSecret::generate().unwrap();
    let key = secret.text(Uuid::from_u128(5));
    let mut shown_tokens: Vec<String> = all.into_iter().map(|(_, token, _)| token).collect();
    shown_tokens.extend([world.good(), key.expose().clone(), format!("{}0", key.expose())]);
    for token in &shown_tokens {
        world.who.authenticate(&bearer(token), &NO_KEYS).await.ok();
    }
    // Also what is printed when somebody logs a value by mistake.
    tracing::info!(?secret, ?key, shown = ?api_key::parse(key.expose()).unwrap(), who = ?world.who, "printed");

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.matches("credentials refused").count() >= shown_tokens.len() - 1, "{log}");
    assert!(log.contains("reason=\"expired\"") && log.contains("reason=\"api-key\"") && log.contains("printed"));
    assert!(!log.contains("canary"), "{log}");
    for part in shown_tokens.iter().flat_map(|token| token.split(['.', '_', ' '])).filter(|part| part.len() > 8) {
        assert!(!log.contains(part), "{part}");
    }
}

//! `bench follow`: callers that begin a turn by GraphQL and follow its reply, over Server-Sent Events (graphql-sse, each
//! operation a request) or over WebSocket (graphql-transport-ws, one socket per caller for all it asks).
use super::*;

#[derive(Clone, Copy, PartialEq)]
enum Stage { Shaking, Greeting, Resting, Asking, Following }
struct Follower { call: Call, stage: Stage, text: Vec<u8>, due: u64, turns: u64 }
/// What all followers do: `ask` begins a turn, `then` follows it, with the turn's id where it says {turn}.
struct Plan { port: u16, ws: bool, path: String, stream_path: String, extra: String, ask: String, then: String, gap: u64, expect: u64, length: u64 }

/// A client's frame; the mask is zero, so that the text stays as it is.
fn frame(out: &mut Vec<u8>, opcode: u8, text: &[u8]) {
    out.push(0x80 | opcode);
    if text.len() < 126 { out.push(0x80 | text.len() as u8) } else {
        out.push(0xfe);
        out.extend_from_slice(&(text.len() as u16).to_be_bytes());
    }
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(text);
}
/// The server's frame at the start of `b`, when all of it is there: (is it the message's last, opcode, head, length).
fn framed(b: &[u8]) -> Option<(bool, u8, usize, usize)> {
    let (first, second) = (*b.first()?, *b.get(1)?);
    let (head, len) = match second & 0x7f {
        126 => (4, b.get(2..4)?.iter().fold(0, |a, c| a << 8 | *c as usize)),
        127 => (10, b.get(2..10)?.iter().fold(0, |a, c| a << 8 | *c as usize)),
        n => (2, n as usize),
    };
    (b.len() >= head + len).then(|| (first & 0x80 != 0, first & 0x0f, head, len))
}
/// The id in the answer to the mutation.
fn turn_in(text: &[u8]) -> Option<String> {
    let id = &text[find(text, b"\"turn\"")?..];
    let id = &id[find(id, b"\"id\"")? + 4..];
    let id = &id[id.iter().position(|b| *b == b'"')? + 1..];
    Some(String::from_utf8_lossy(&id[..id.iter().position(|b| *b == b'"')?]).into_owned())
}
/// How far each stamp in an event came behind the upstream's writing it.  One event may carry several chunks.
fn stamps(c: &mut Call, text: &[u8], plan: &Plan, tally: &mut Tally) {
    let (t, mut at) = (now(), 0);
    while let Some(p) = find(&text[at..], b"t=0") {
        at += p + 3;
        if c.seen == 0 { tally.times[1].push(t - c.start) } else { tally.times[3].push((t - c.last).abs_diff(plan.gap)) }
        tally.times[2].push(t.saturating_sub(digits(&text[at - 1..])));
        (c.last, c.seen, tally.chunks) = (t, c.seen + 1, tally.chunks + 1);
    }
}

impl Follower {
    fn new(ep: i32, plan: &Plan, due: u64) -> Follower {
        let mut f = Follower { call: dial(ep, plan.port), stage: Stage::Resting, text: vec![], due, turns: 0 };
        if plan.ws {
            let head = "upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==";
            let rest = format!("sec-websocket-protocol: graphql-transport-ws\r\n{}\r\n", plan.extra);
            f.call.out = format!("GET {} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n{head}\r\n{rest}", plan.path, plan.port).into_bytes();
            f.stage = Stage::Shaking;
        }
        f
    }
    fn subscribe(&mut self, kind: &str, payload: &str) {
        frame(&mut self.call.out, 1, format!(r#"{{"id":"{kind}{}","type":"subscribe","payload":{payload}}}"#, self.turns).as_bytes());
    }
    fn ask(&mut self, plan: &Plan) {
        (self.stage, self.turns, self.call.start, self.call.seen, self.call.frame) = (Stage::Asking, self.turns + 1, now(), 0, Frame::Head);
        if plan.ws { self.subscribe("ask", &plan.ask) } else {
            self.call.out = post(&plan.path, plan.port, &format!("accept: application/json\r\n{}", plan.extra), plan.ask.as_bytes());
        }
    }
    fn follow(&mut self, turn: &str, plan: &Plan) {
        (self.stage, self.call.frame, self.call.ended) = (Stage::Following, Frame::Head, false);
        let then = plan.then.replace("{turn}", turn);
        if plan.ws { self.subscribe("follow", &then) } else {
            self.call.out = post(&plan.stream_path, plan.port, &format!("accept: text/event-stream\r\n{}", plan.extra), then.as_bytes());
        }
    }
    /// Take in what has come; Some(whether the reply came whole) when this turn is over.
    fn take(&mut self, plan: &Plan, tally: &mut Tally) -> Option<bool> {
        if plan.ws { self.take_frames(plan, tally) } else { self.take_answers(plan, tally) }
    }
    fn take_answers(&mut self, plan: &Plan, tally: &mut Tally) -> Option<bool> {
        let (mut text, following) = (std::mem::take(&mut self.text), self.stage == Stage::Following);
        let done = digest(&mut self.call, &mut |_, piece| text.extend_from_slice(piece));
        if following {
            while let Some(end) = find(&text, b"\n") {
                let line: Vec<u8> = text.drain(..=end).collect();
                stamps(&mut self.call, &line, plan, tally);
                self.call.ended |= line.starts_with(b"event: complete");
            }
        }
        if !done { self.text = text; return None }
        if self.call.status != 200 || following { return Some(self.call.status == 200 && self.call.ended && self.call.seen == plan.expect) }
        match turn_in(&text) { Some(turn) => { self.follow(&turn, plan); None } None => Some(false) }
    }
    fn take_frames(&mut self, plan: &Plan, tally: &mut Tally) -> Option<bool> {
        if self.stage == Stage::Shaking {
            let end = find(&self.call.inp, b"\r\n\r\n")? + 4;
            if digits(&self.call.inp[9..]) != 101 { return Some(false) }
            self.call.inp.drain(..end);
            frame(&mut self.call.out, 1, br#"{"type":"connection_init"}"#);
            self.stage = Stage::Greeting;
        }
        let mut over = None;
        while let Some((last, opcode, head, len)) = framed(&self.call.inp) {
            let piece: Vec<u8> = self.call.inp.drain(..head + len).skip(head).collect();
            match opcode {
                8 => return Some(false),
                9 => frame(&mut self.call.out, 10, &piece),
                0 | 1 | 2 => self.text.extend_from_slice(&piece),
                _ => {}
            }
            if opcode > 2 || !last { continue }
            let text = std::mem::take(&mut self.text);
            let says = |what: &str| find(&text, what.as_bytes()).is_some();
            match self.stage {
                Stage::Greeting if says("\"connection_ack\"") => self.stage = Stage::Resting,
                Stage::Asking if says("\"next\"") => match turn_in(&text) { Some(turn) => self.follow(&turn, plan), None => over = Some(false) },
                Stage::Following if says(&format!("\"follow{}\"", self.turns)) => {
                    stamps(&mut self.call, &text, plan, tally);
                    if says("\"complete\"") { over = Some(self.call.seen == plan.expect) } else if says("\"error\"") { over = Some(false) }
                }
                Stage::Asking if says("\"error\"") => over = Some(false),
                _ => {}
            }
        }
        over
    }
}

/// Closed loops of `-c` callers: whoever has a whole reply begins the next turn.  Starts are spread over one reply.
pub fn follow(args: &[String]) {
    let opt = |k: &str, d: &str| opt(args, k, d);
    let num = |k: &str, d: &str| opt(k, d).parse::<f64>().expect(k);
    let (gap, expect, callers) = ((num("--gap", "0") * 1e6) as u64, num("--expect", "0") as u64, num("-c", "1") as u64);
    let ask = String::from_utf8(std::fs::read(opt("--body", "/dev/stdin")).expect("body")).expect("UTF-8");
    let plan = Plan { port: num("--port", "9000") as u16, ws: opt("--over", "sse") == "ws", path: opt("--path", "/graphql"), stream_path: opt("--stream-path", "/graphql/stream"),
        extra: extra_headers(args), ask, then: opt("--then", ""), gap, expect, length: gap * expect };
    let ep = unsafe { epoll_create1(0) };
    let begin = now();
    let (end, limit, mut begun) = (begin + (num("-d", "5") * 1e9) as u64, num("-n", "1e18") as u64, 0);
    let (mut last, mut tally, mut followers) = (begin, Tally::default(), HashMap::new());
    for i in 0..callers {
        let f = Follower::new(ep, &plan, begin + plan.length * i / callers);
        followers.insert(f.call.sock.as_raw_fd(), f);
    }
    loop {
        let t = now();
        let (mut next, mut under_way) = (t + SECOND / 10, false);
        let mut gone = vec![];
        for (fd, f) in followers.iter_mut() {
            if f.stage == Stage::Resting && t < end && begun < limit { if f.due <= t { f.ask(&plan); begun += 1 } else { next = next.min(f.due) } }
            under_way |= f.stage != Stage::Resting;
            if !f.call.out.is_empty() { if flush(&mut f.call.sock, &mut f.call.out) { gone.push(*fd) } watch(ep, *fd, false, !f.call.out.is_empty()) }
        }
        if ((t >= end || begun >= limit) && !under_way) || t >= end + 30 * SECOND { break }
        for fd in wait(ep, next) {
            let f = match followers.get_mut(&fd) { Some(f) => f, None => continue };
            let lost = drain(&mut f.call.sock, &mut f.call.inp);
            let over = f.take(&plan, &mut tally).or(if lost && f.stage != Stage::Resting { Some(false) } else { None });
            if lost { gone.push(fd) }
            if let Some(whole) = over {
                last = now();
                *tally.codes.entry(if plan.ws { 101 } else { f.call.status }).or_default() += 1;
                if whole { tally.ok += 1; tally.times[0].push(last - f.call.start) } else { tally.bad += 1 }
                (f.stage, f.due) = (Stage::Resting, last);
                f.text.clear();
                if !whole || !f.call.keep { gone.push(fd) }
            }
        }
        gone.sort_unstable();
        gone.dedup();
        for fd in gone {
            followers.remove(&fd);
            if now() < end {
                let f = Follower::new(ep, &plan, now() + plan.length); // not at once: what fails must not become a storm
                followers.insert(f.call.sock.as_raw_fd(), f);
            }
        }
    }
    let bad = tally.bad + followers.values().filter(|f| f.stage != Stage::Resting).count() as u64;
    report(tally, bad, last - begin);
}

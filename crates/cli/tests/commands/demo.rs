//! `demo` as somebody meets it who has just built it: three addresses that answer, from any folder, and a clean end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::support::{code, complained, folder, journeyman};

/// A demo that runs. It ends with the test, however that ends.
struct Demo {
    process: Child,
    out: BufReader<ChildStdout>,
    port: u16,
}

impl Demo {
    /// Starts one on three free ports, and reads what it says until it is ready.
    fn start(at: &Path, arguments: &[&str]) -> (Self, String) {
        let port = three_free_ports();
        let mut command = Command::new(env!("CARGO_BIN_EXE_journeyman"));
        command.current_dir(at).args(["demo", "--port", &port.to_string()]).args(arguments);
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the binary runs");
        let out = BufReader::new(process.stdout.take().expect("its output is piped"));
        let mut demo = Self { process, out, port };
        let mut said = String::new();
        while !said.contains("\n4. ") {
            let read = demo.out.read_line(&mut said).expect("its output is text");
            assert_ne!(read, 0, "it ended early:\n{said}");
        }
        (demo, said)
    }

    fn get(&self, at: u16, path: &str) -> String {
        let host = format!("127.0.0.1:{}", self.port + at);
        let mut stream = TcpStream::connect(&host).expect("somebody listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
            .expect("the request can be sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("there is an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[cfg(unix)]
    fn interrupt(mut self) -> Option<i32> {
        let mut kill = Command::new("kill");
        assert!(kill.args(["-INT", &self.process.id().to_string()]).status().is_ok_and(|status| status.success()));
        self.process.wait().expect("it ends").code()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Ports in a row that nobody listens on now.
fn three_free_ports() -> u16 {
    for _ in 0..100 {
        let first = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = first.local_addr().expect("it has an address").port();
        if port < 65_000 && (1..3).all(|next| TcpListener::bind(("127.0.0.1", port + next)).is_ok()) {
            return port;
        }
    }
    panic!("no three free ports in a row");
}

#[test]
fn three_addresses_answer_and_the_data_folder_is_named() {
    let root = folder(&[]);
    let (demo, said) = Demo::start(root.path(), &[]);
    assert!(said.contains(&root.path().join("journeyman-data").display().to_string()), "{said}");
    for (at, name, host) in [(0, "engine", "localhost"), (1, "bank", "127.0.0.1"), (2, "inbox", "localhost")] {
        assert!(said.contains(&format!("{name:<7} http://{host}:{}\n", demo.port + at)), "{said}");
        let answer = demo.get(at, "/");
        assert!(answer.starts_with("HTTP/1.1 200"), "{name}: {answer}");
    }
}

#[test]
fn the_bank_and_the_engine_agree_on_their_metadata() {
    let root = folder(&[]);
    let (demo, _) = Demo::start(root.path(), &[]);
    let hint = demo.get(1, "/.well-known/openid-configuration");
    assert!(hint.contains(&format!("http://127.0.0.1:{}", demo.port + 1)), "{hint}");
    let policy = "/tfp/79f27140-502f-4668-ae56-29619d2937b7/b2c_1a_psd2_stepup/v2.0/.well-known/openid-configuration";
    let metadata = demo.get(0, policy);
    assert!(metadata.starts_with("HTTP/1.1 200"), "{metadata}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly() {
    let root = folder(&[]);
    let (demo, _) = Demo::start(root.path(), &["--data", "elsewhere"]);
    assert_eq!(demo.interrupt(), Some(0));
    assert!(root.path().join("elsewhere").is_dir() && !root.path().join("journeyman-data").exists());
}

#[test]
fn a_set_with_errors_is_listed_and_the_others_run() {
    let broken = "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" \
                  PolicySchemaVersion=\"0.3.0.0\" TenantId=\"yours.onmicrosoft.com\" PolicyId=\"B2C_1A_Broken\" PublicPolicyUri=\"http://t\"><RelyingParty>\
                  <DefaultUserJourney ReferenceId=\"Nowhere\" /></RelyingParty></TrustFrameworkPolicy>";
    let root = folder(&[("mine/Broken.xml", broken.to_owned())]);
    let (demo, said) = Demo::start(root.path(), &["--policies", "mine"]);
    assert!(said.contains("`Nowhere`") && said.contains("Broken.xml"), "{said}");
    assert!(said.contains("tenant yours.onmicrosoft.com: the others run, but not `B2C_1A_Broken`"), "{said}");
    assert!(demo.get(0, "/").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it has an address").port().min(65_533);
    let root = folder(&[]);
    let output = journeyman(root.path(), &["demo", "--port", &port.to_string()]);
    assert_eq!(code(&output), 1);
    let complaint = complained(&output);
    assert!(complaint.contains(&format!("port {port} is taken")) && complaint.contains("--port N"), "{complaint}");
    assert!(!root.path().join("journeyman-data").exists(), "nothing is written where nothing can run");
}

#[test]
fn a_folder_that_is_not_there_is_a_wrong_command() {
    let root = folder(&[]);
    let port = three_free_ports().to_string();
    let output = journeyman(root.path(), &["demo", "--port", &port, "--policies", "nowhere"]);
    assert_eq!(code(&output), 2);
    assert!(complained(&output).contains("nowhere: there is no such file or folder"), "{}", complained(&output));
}

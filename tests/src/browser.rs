//! A real browser, used as a person uses it: by what is on the screen, not by what is behind it.
//!
//! Fields are found by their labels, buttons and links by their texts. Nothing sleeps for a guessed time: what is awaited
//! is looked for again and again until it is there, or until [`PATIENCE`] ends, which fails the test with what the page
//! said instead and a picture of it.

mod axe;
mod driver;
mod inspection;
mod keyboard;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WebElement, error::WebDriverResult};
use tokio::runtime::{Handle, RuntimeFlavor};
use url::Url;

use driver::Driver;
pub use keyboard::Focus;

/// How long anything may take to appear, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(40);

/// The browser's own part in a test is not what is tested, so it keeps to itself.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=en",
];

/// Whether the scripts of pages run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JavaScript {
    /// As browsers come.
    On,
    /// Switched off in the browser's settings, as a person can.
    Off,
}

/// The width of the window in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// A screen on a desk.
    Desk = 1280,
    /// The smallest phone in use.
    Phone = 360,
}

impl Width {
    const fn height(self) -> u32 {
        match self {
            Self::Desk => 900,
            Self::Phone => 740,
        }
    }
}

/// A browser with an empty profile. It ends when it is dropped.
pub struct Browser {
    // First, so that it is dropped first: the session ends the browser, for which the driver must still be there.
    web: WebDriver,
    _driver: Driver,
    _profile: TempDir,
    javascript: JavaScript,
    width: Width,
    /// What its pictures are filed under.
    name: &'static str,
}

impl Browser {
    /// Opens a browser whose pictures are filed under `name`.
    ///
    /// The test must run on several threads: the session ends while its handle is dropped, which waits for an answer that
    /// only another thread can take.
    pub async fn open(name: &'static str, javascript: JavaScript, width: Width) -> Self {
        let flavor = Handle::current().runtime_flavor();
        assert_eq!(flavor, RuntimeFlavor::MultiThread, "write #[tokio::test(flavor = \"multi_thread\")]");
        let profile = tempfile::tempdir().expect("a temporary folder");
        let driver = Driver::start().await;
        let web = WebDriver::new(driver.url(), capabilities(&profile, javascript)).await;
        let web = web.unwrap_or_else(|error| panic!("chromium does not start: {error}"));
        let browser = Self { web, _driver: driver, _profile: profile, javascript, width, name };
        browser.look_as(width, Scheme::Light).await;
        browser
    }

    /// Whether the scripts of pages run.
    pub fn scripted(&self) -> bool {
        self.javascript == JavaScript::On
    }

    /// Types an address.
    pub async fn visit(&self, url: Url) {
        if let Err(error) = self.web.goto(url.as_str()).await {
            self.give_up(&format!("open {url}"), &error.to_string()).await;
        }
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        if let Err(error) = self.web.refresh().await {
            self.give_up("reload the page", &error.to_string()).await;
        }
    }

    /// Where it is.
    pub async fn address(&self) -> Url {
        self.web.current_url().await.expect("a browser knows where it is")
    }

    /// Fills in the field with that label, in place of what is there.
    pub async fn fill(&self, label: &str, text: &str) {
        self.until(&format!("fill in “{label}”"), async || {
            let field = self.element(FIELD, label).await?;
            field.clear().await?;
            field.send_keys(text).await?;
            // Where the page was exchanged in between, the text is lost with the old field.
            Ok((field.value().await?.as_deref() == Some(text)).then_some(()))
        })
        .await;
    }

    /// Presses the button, or follows the link, with that text.
    pub async fn press(&self, text: &str) {
        self.until(&format!("press “{text}”"), async || {
            self.element(BUTTON, text).await?.click().await?;
            Ok(Some(()))
        })
        .await;
    }

    /// Waits until the page has that heading.
    pub async fn arrives_at(&self, heading: &str) {
        self.until(&format!("see the heading “{heading}”"), async || {
            let shown = self.execute("return (document.querySelector('h1')?.innerText ?? '').trim()", vec![]).await?;
            Ok((shown == heading).then_some(()))
        })
        .await;
    }

    /// Waits until the page says that.
    pub async fn sees(&self, text: &str) {
        self.until(&format!("read “{text}”"), async || Ok(self.reads().await?.contains(text).then_some(()))).await;
    }

    /// What the page says, white space as one space.
    pub async fn text(&self) -> String {
        self.until("read the page", async || Ok(Some(self.reads().await?))).await
    }

    /// The text of the first element that the selector finds.
    pub async fn text_of(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText.trim()";
        self.until(&format!("find `{selector}`"), async || {
            let text = self.execute(script, vec![json!(selector)]).await?;
            Ok(text.as_str().map(str::to_owned))
        })
        .await
    }

    /// The rows of the first table, each as its cells.
    pub async fn table(&self) -> Vec<Vec<String>> {
        let script = "return [...document.querySelectorAll('table')[0].tBodies[0].rows]\
                      .map(row => [...row.cells].map(cell => cell.innerText.trim()))";
        self.until("find a table", async || Ok(serde_json::from_value(self.execute(script, vec![]).await?).ok())).await
    }

    /// Waits until the field with that label is empty: a page that was answered does not keep what was typed in it.
    pub async fn empties(&self, label: &str) {
        self.until(&format!("find “{label}” empty"), async || {
            Ok((self.element(FIELD, label).await?.value().await?.as_deref() == Some("")).then_some(()))
        })
        .await;
    }

    /// Runs a script of the test in the page; it may do so where the scripts of pages do not run.
    async fn execute(&self, script: &str, arguments: Vec<Value>) -> WebDriverResult<Value> {
        Ok(self.web.execute(script, arguments).await?.json().clone())
    }

    /// The element that a script finds for a text.
    async fn element(&self, script: &str, text: &str) -> WebDriverResult<WebElement> {
        self.web.execute(script, vec![json!(text)]).await?.element()
    }

    async fn reads(&self) -> WebDriverResult<String> {
        let text = self.execute("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Looks until there is something, or until patience ends. What goes wrong meanwhile may be a page on its way.
    async fn until<T>(&self, aim: &str, mut look: impl AsyncFnMut() -> WebDriverResult<Option<T>>) -> T {
        let end = Instant::now() + PATIENCE;
        loop {
            let trouble = match look().await {
                Ok(Some(found)) => return found,
                Ok(None) => "it did not come about".to_owned(),
                Err(error) => error.to_string(),
            };
            if Instant::now() > end {
                self.give_up(aim, &trouble).await;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn give_up(&self, aim: &str, trouble: &str) -> ! {
        let trouble = trouble.lines().next().unwrap_or_default();
        let address = self.web.current_url().await.map_or_else(|error| error.to_string(), String::from);
        let page = self.reads().await.unwrap_or_else(|error| error.to_string());
        let picture = self.picture("failed", self.width).await;
        panic!(
            "{}: could not {aim}: {trouble}\nat {address}\npicture {}\nthe page says: {page}",
            self.name,
            picture.display()
        );
    }
}

/// Light or dark, as the system's settings say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

/// The first field that can be seen, by its label.
const FIELD: &str = "
    const flat = text => text.replace(/\\s+/g, ' ').trim();
    return [...document.querySelectorAll('label')]
        .filter(label => flat(label.textContent) === arguments[0] && label.control?.checkVisibility())
        .map(label => label.control)[0];";

/// The first button, link or summary that can be seen, by its text.
const BUTTON: &str = "
    const flat = text => text.replace(/\\s+/g, ' ').trim();
    return [...document.querySelectorAll('button, a[href], summary')]
        .find(element => flat(element.textContent) === arguments[0] && element.checkVisibility());";

fn capabilities(profile: &TempDir, javascript: JavaScript) -> thirtyfour::ChromeCapabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    let mut set = || {
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        if javascript == JavaScript::Off {
            let preferences = json!({"profile.managed_default_content_settings.javascript": 2});
            capabilities.add_experimental_option("prefs", preferences)?;
        }
        WebDriverResult::Ok(())
    };
    set().expect("the options can be written as JSON");
    capabilities
}

/// The folder that everything goes to which is not kept: pictures, and what was fetched once.
fn target() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it is");
    test.ancestors().nth(3).expect("a test lies in <target>/<profile>/deps").to_owned()
}

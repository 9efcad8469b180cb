//! The keyboard alone: where it leads, and whether one sees where one is.

use serde::Deserialize;
use thirtyfour::{Key, TypingData};

use super::Browser;

/// Where the focus is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Focus {
    /// The label of a field, or the text of anything else.
    pub name: String,
    /// Whether a person sees it: an outline, inside the window, with nothing before it.
    pub visible: bool,
}

const FOCUS: &str = "
    const flat = text => text.replace(/\\s+/g, ' ').trim();
    const element = document.activeElement ?? document.body;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return {
        name: flat(element === document.body ? '' : element.labels?.[0]?.textContent ?? element.textContent),
        visible: outlined && element.matches(':focus-visible') && (element.contains(top) || top?.contains(element) === true),
    };";

impl Browser {
    /// Types text where the focus is.
    pub async fn type_text(&self, text: &str) {
        self.keys(text).await;
    }

    /// Presses Enter.
    pub async fn enter(&self) {
        self.keys(Key::Enter).await;
    }

    /// Presses Space.
    pub async fn space(&self) {
        self.keys(Key::Space).await;
    }

    /// Presses Tab, and says where that leads. It must be somewhere that can be seen.
    pub async fn tab(&self) -> String {
        self.keys(Key::Tab).await;
        let focus = self.focus().await;
        assert!(focus.visible, "the focus cannot be seen: {focus:?}");
        focus.name
    }

    /// Presses Tab until it leads to something of that name, and says what it passed on the way.
    pub async fn tab_to(&self, name: &str) -> Vec<String> {
        let mut passed = Vec::new();
        while passed.len() < 30 {
            let here = self.tab().await;
            if here == name {
                return passed;
            }
            passed.push(here);
        }
        panic!("Tab does not lead to “{name}”, only to {passed:?}");
    }

    /// The same backwards.
    pub async fn tab_back_to(&self, name: &str) {
        for _ in 0..30 {
            let keys = self.web.action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift);
            if let Err(error) = keys.perform().await {
                self.give_up("use the keyboard", &error.to_string()).await;
            }
            let focus = self.focus().await;
            assert!(focus.visible, "the focus cannot be seen: {focus:?}");
            if focus.name == name {
                return;
            }
        }
        panic!("Shift and Tab do not lead to “{name}”");
    }

    /// Where the focus is now.
    pub async fn focus(&self) -> Focus {
        self.until("find the focus", async || Ok(serde_json::from_value(self.execute(FOCUS, vec![]).await?).ok())).await
    }

    /// Waits until the focus is at something of that name, where a script moves it.
    pub async fn focus_comes_to(&self, name: &str) {
        self.until(&format!("find the focus at “{name}”"), async || {
            let focus: Option<Focus> = serde_json::from_value(self.execute(FOCUS, vec![]).await?).ok();
            Ok(focus.filter(|focus| focus.name == name && focus.visible).map(|_| ()))
        })
        .await;
    }

    async fn keys(&self, keys: impl Into<TypingData>) {
        let keys = self.web.action_chain().send_keys(keys);
        if let Err(error) = keys.perform().await {
            self.give_up("use the keyboard", &error.to_string()).await;
        }
    }
}

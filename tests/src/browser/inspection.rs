//! What must hold of every page that a person sees: it fits, and it is accessible.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Browser, Scheme, Width, target};

impl Browser {
    /// Looks at the page on a desk and on a phone, in light and in dark: nothing may stick out at the side, and no
    /// accessibility rule be broken. Leaves pictures behind, for people to judge the rest.
    ///
    /// The rules of axe-core need scripts; without, only the width is looked at.
    pub async fn inspect(&self, state: &str) {
        let mut findings = Vec::new();
        for (width, scheme) in
            [(Width::Desk, Scheme::Light), (Width::Phone, Scheme::Light), (Width::Phone, Scheme::Dark)]
        {
            self.look_as(width, scheme).await;
            let place = format!("{width:?}, {scheme:?}");
            findings.extend(self.overflow(width).await.map(|what| format!("{place}: {what}")));
            if self.scripted() {
                findings.extend(self.violations().await.into_iter().map(|what| format!("{place}: {what}")));
            }
            if scheme == Scheme::Light {
                self.picture(state, width).await;
            }
        }
        self.look_as(self.width, Scheme::Light).await;
        assert!(findings.is_empty(), "{}, {state}:\n{}", self.name, findings.join("\n"));
    }

    /// Makes the window that wide, and tells pages which colours the system has. Nothing moves, so that a rule never
    /// judges a colour on its way to another.
    pub(super) async fn look_as(&self, width: Width, scheme: Scheme) {
        self.resize(width, width.height()).await;
        let scheme = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.tell("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    async fn resize(&self, width: Width, height: u32) {
        let screen = json!({
            "width": width as u32,
            "height": height,
            "deviceScaleFactor": if width == Width::Phone { 2 } else { 1 },
            // A phone also heeds, or misses, what a page says about its viewport.
            "mobile": width == Width::Phone,
        });
        self.tell("Emulation.setDeviceMetricsOverride", screen).await;
    }

    async fn tell(&self, command: &str, parameters: Value) {
        let told = self.web.cdp().send_raw(command, parameters).await;
        told.unwrap_or_else(|error| panic!("the browser refuses {command}: {error}"));
    }

    /// What is wider than the window, if the page can be scrolled sideways.
    async fn overflow(&self, width: Width) -> Option<String> {
        let script = "
            const page = document.documentElement;
            const wide = [...document.body.querySelectorAll('*')]
                .find(element => element.getBoundingClientRect().right > arguments[0] + 0.5 && element.children.length === 0);
            return { client: page.clientWidth, scroll: page.scrollWidth, first: wide?.outerHTML.slice(0, 200) };";
        let size = self.execute(script, vec![json!(width as u32)]).await;
        let size = size.unwrap_or_else(|error| panic!("the page cannot be measured: {error}"));
        let fits = size["client"] == json!(width as u32) && size["scroll"].as_u64() <= size["client"].as_u64();
        (!fits).then(|| format!("the page does not fit: {size}"))
    }

    /// Files a picture of the whole page under `target/screenshots`.
    pub(super) async fn picture(&self, state: &str, width: Width) -> PathBuf {
        let folder = target().join("screenshots").join(self.name);
        std::fs::create_dir_all(&folder).expect("the target folder can be written");
        let file = folder.join(format!("{state}-{}.png", width as u32));
        let height = self.execute("return document.documentElement.scrollHeight", vec![]).await;
        let height = height.ok().and_then(|height| height.as_u64()).and_then(|height| u32::try_from(height).ok());
        self.resize(width, height.unwrap_or_default().clamp(width.height(), 6000)).await;
        // A picture is for people; a test does not depend on it.
        if let Ok(png) = self.web.screenshot_as_png().await {
            std::fs::write(&file, png).expect("the target folder can be written");
        }
        self.resize(width, width.height()).await;
        file
    }
}

"""Signs up at a running demo through the page contract, as a test of your own policies would.

    journeyman demo                       # in another terminal
    python3 docs/examples/sign_up.py      # or with the demo's port: sign_up.py 4700

Nothing but the standard library. Ends with an error where the policy does something else than expected.
"""

import http.cookiejar
import json
import re
import sys
import time
import urllib.parse
import urllib.request

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
ENGINE, INBOX = f"http://localhost:{PORT}", f"http://localhost:{PORT + 2}"
TENANT, POLICY = "psd2demo.onmicrosoft.com", "B2C_1A_PSD2_SUSI"

# One cookie jar is one browser.
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def get(url):
    with browser.open(url) as answer:
        return answer.read().decode()


class Page:
    """A page of a journey: what it says of itself, and the two requests that its script would send."""

    def __init__(self, text):
        self.text = text
        self.settings = json.loads(re.search(r"var SETTINGS = (\{.*\});", text)[1])

    def post(self, path, **fields):
        """Sends fields; answers {"status": "200"}, or "400" with errorCode and message."""
        query = urllib.parse.urlencode({"tx": self.settings["transId"], "p": POLICY})
        body = urllib.parse.urlencode({"request_type": "RESPONSE", **fields}).encode()
        request = urllib.request.Request(f"{ENGINE}/{TENANT}/{POLICY}/{path}?{query}", body)
        request.add_header("X-CSRF-TOKEN", self.settings["csrf"])
        with browser.open(request) as answer:
            return json.load(answer)

    def go(self, link="confirmed", **more):
        """Goes on; answers the next page, or where the application is sent to."""
        query = {"csrf_token": self.settings["csrf"], "tx": self.settings["transId"], "p": POLICY, **more}
        api = self.settings["api"]
        return get(f"{ENGINE}/{TENANT}/{POLICY}/api/{api}/{link}?{urllib.parse.urlencode(query)}")

    def verify(self, control, destination, address):
        """Sends a code through a display control, reads it in the inbox, and enters it."""
        action = f"SelfAsserted/DisplayControlAction/vbeta/{control}"
        assert self.post(f"{action}/SendCode", **{destination: address})["status"] == "200"
        code = code_sent_to(address)
        wrong = "000000" if code != "000000" else "111111"
        refused = self.post(f"{action}/VerifyCode", **{destination: address, "verificationCode": wrong})
        assert refused["status"] == "400", refused
        assert self.post(f"{action}/VerifyCode", **{destination: address, "verificationCode": code})["status"] == "200"


def code_sent_to(address):
    messages = json.loads(get(f"{INBOX}/api/messages?{urllib.parse.urlencode({'to': address})}"))["messages"]
    return messages[0]["code"]


number = int(time.time()) % 1_000_000
email, phone = f"ada{number}@example.com", f"+447700{number:06}"

# The development client of the engine's home page asks for the policy.
sign_in = Page(get(f"{ENGINE}/dev/run/{TENANT}/{POLICY}"))
refused = sign_in.post("SelfAsserted", signInName=email, password="Wrong-password-1")
assert refused["status"] == "400", refused
print("nobody yet:", refused["message"])

sign_up = Page(sign_in.go("unified", local="signup"))
sign_up.verify("emailVerificationControl", "email", email)
answer = sign_up.post(
    "SelfAsserted",
    email=email,
    newPassword="Correct-horse-9",
    reenterPassword="Correct-horse-9",
    givenName="Ada",
    surname="Lovelace",
    displayName="Ada Lovelace",
)
assert answer["status"] == "200", answer

enrol = Page(sign_up.go())
enrol.verify("phoneVerificationControl", "newPhoneNumber", phone)
answer = enrol.post("SelfAsserted", newPhoneNumber=phone)
assert answer["status"] == "200", answer

# The development client redeems its code and shows the token, decoded.
token = enrol.go()
assert email in token and "Ada Lovelace" in token
print("signed up as", email)

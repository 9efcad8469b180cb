"""The official Twilio client, pointed at a running sandbox.

Starts and checks a PSD2 verification, sends a text message, and meets the errors that a client must understand.
Prints one line a step and "all is well" at the end; any surprise ends it with a traceback and a non-zero status.

    python twilio_check.py http://127.0.0.1:4002 ACCOUNT_SID AUTH_TOKEN SERVICE_SID
"""

import json
import sys
import urllib.parse
import urllib.request

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

PHONE = "+447700900123"
SENDER = "+15005550006"


def main(url, account_sid, auth_token, service_sid):
    client = pointed_at(url, account_sid, auth_token)
    service = client.verify.v2.services(service_sid)
    check_service(service)
    check_payment(url, service)
    check_limits(service)
    check_message(url, client)
    check_credentials(url, account_sid, service_sid)
    print("all is well")


def pointed_at(url, account_sid, auth_token):
    """A client whose Verify and Messages calls go to the sandbox."""
    client = Client(account_sid, auth_token)
    client.verify.base_url = f"{url}/twilio-verify"
    client.api.base_url = f"{url}/twilio-api"
    return client


def check_service(service):
    fetched = service.fetch()
    assert fetched.psd2_enabled is True, fetched.psd2_enabled
    assert fetched.code_length == 6, fetched.code_length
    print(f"service {fetched.friendly_name}: PSD2 is on")


def check_payment(url, service):
    payment = {"to": PHONE, "amount": "£49.99", "payee": "Zoë & Söhne"}
    started = service.verifications.create(channel="sms", **payment)
    assert (started.status, started.amount, started.payee) == ("pending", payment["amount"], payment["payee"])
    message = newest(url, PHONE)
    assert payment["amount"] in message["text"] and payment["payee"] in message["text"], message["text"]
    print(f"started: {started.status}, the text names amount and payee")

    code = message["code"]
    wrong = "000000" if code != "000000" else "111111"
    checked = service.verification_checks.create(code=wrong, **payment)
    assert (checked.status, checked.valid) == ("pending", False), checked.status
    print(f"wrong code: {checked.status}")

    other = dict(payment, amount="£50.00")
    refused(404, 20404, lambda: service.verification_checks.create(code=code, **other))
    refused(400, 60206, lambda: service.verification_checks.create(code=code, to=PHONE))
    print("right code for another amount, and for none: refused")

    fetched = service.verifications(started.sid).fetch()
    assert fetched.status == "pending" and len(fetched.send_code_attempts) == 1, fetched.send_code_attempts
    checked = service.verification_checks.create(code=code, **payment)
    assert (checked.status, checked.valid, checked.payee) == ("approved", True, payment["payee"]), checked.status
    print(f"right code: {checked.status}")

    refused(404, 20404, lambda: service.verification_checks.create(code=code, **payment))
    print("the same code again: refused")

    second = service.verifications.create(channel="sms", **payment)
    cancelled = service.verifications(second.sid).update(status="canceled")
    assert cancelled.status == "canceled", cancelled.status
    print(f"cancelled: {cancelled.status}")


def check_limits(service):
    payment = {"to": "+447700900124", "amount": "£1.00", "payee": "Ann"}
    for _ in range(5):
        service.verifications.create(channel="sms", **payment)
    refused(429, 60203, lambda: service.verifications.create(channel="sms", **payment))
    print("a sixth message: refused")


def check_message(url, client):
    sent = client.messages.create(to=PHONE, from_=SENDER, body="Your code is 4829")
    assert sent.status == "queued" and sent.sid.startswith("SM"), sent.status
    assert newest(url, PHONE)["code"] == "4829"
    assert client.messages(sent.sid).fetch().status == "delivered"
    assert sent.sid in [message.sid for message in client.messages.list(to=PHONE, limit=5)]
    refused(400, 21211, lambda: client.messages.create(to="+15005550001", from_=SENDER, body="Hi"))
    print(f"message: {sent.status}, then delivered")


def check_credentials(url, account_sid, service_sid):
    stranger = pointed_at(url, account_sid, "not the token")
    refused(401, 20003, lambda: stranger.verify.v2.services(service_sid).fetch())
    print("wrong credentials: refused")


def refused(status, code, call):
    """The client must see exactly this error."""
    try:
        call()
    except TwilioRestException as error:
        assert (error.status, error.code) == (status, code), error
    else:
        raise AssertionError(f"expected {status}/{code}")


def newest(url, recipient):
    """The newest message to that recipient, from the sandbox's own API."""
    query = urllib.parse.urlencode({"to": recipient})
    with urllib.request.urlopen(f"{url}/api/messages?{query}", timeout=10) as response:
        return json.load(response)["messages"][0]


if __name__ == "__main__":
    main(*sys.argv[1:])

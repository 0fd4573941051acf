"""One meeting with bigbluebutton-api-python: version, create, join, info, a wrong password, end."""

import sys
import urllib.request

from bigbluebutton_api_python import BigBlueButton
from bigbluebutton_api_python.exception import BBBException

base, secret = sys.argv[1:]
server = BigBlueButton(base, secret)
version = server.get_api_version().get_version()
server.create_meeting(
    "lib-1",
    {"name": "Zoë & Co. (A/B+C=100%)", "attendeePW": "viewer", "moderatorPW": "host", "record": False},
    {"ticket": "INC 42"},
)
link = server.get_join_meeting_url("Ada", "lib-1", "host")
with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(link) as page:
    assert "Ada, host" in page.read().decode()
running = server.is_meeting_running("lib-1").is_meeting_running()
info = server.get_meeting_info("lib-1").get_meetinginfo()
assert info.get_meetingname() == "Zoë & Co. (A/B+C=100%)"
try:
    server.end_meeting("lib-1", "viewer")
    refused = "nothing"
except BBBException as error:
    refused = error.key
server.end_meeting("lib-1", "host")
print(f"version {version}, running {str(running).lower()}, people {info.get_participantcount()}, refused {refused}, ended")

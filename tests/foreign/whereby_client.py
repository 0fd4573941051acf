"""One room with whereby-api, which always sends the deprecated startDate and a null roomNamePrefix."""

import sys
from datetime import datetime

import requests
from whereby_api import WherebyClient

base, key = sys.argv[1:]
client = WherebyClient(key)
client.api_base_url = base
made = client.create_meeting(datetime(2026, 11, 21, 14), datetime(2099, 2, 18, 14, 23), fields=["hostRoomUrl"])
assert made.host_room_url.startswith(made.room_url + "?roomKey=")
assert made.end_date.isoformat() == "2099-02-18T14:23:00+00:00"
assert client.get_meeting(made.meeting_id).room_url == made.room_url
client.delete_meeting(made.meeting_id)
client.delete_meeting(made.meeting_id)
try:
    client.get_meeting(made.meeting_id)
except requests.HTTPError as error:
    print(f"made, read, deleted, gone {error.response.status_code}")

"""The group drill: a facilitator runs a contest of several sides before a room."""

# Written out in a later commit: demo, check, test, look, peers, bench, vendor, messages.

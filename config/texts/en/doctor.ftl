# giaoban doctor: said to the operator
doctor-healthy = Nothing is stuck.
doctor-troubles = { $count } things to put right, see the lines with STUCK.
doctor-running = The program is running.
doctor-stopped = The program is not running, or does not answer on its port.
    → If it should be: start the service. If it does not come up, run giaoban check and read the log's last line.
doctor-no-key = GIAOBAN_SECRET_KEY is missing, so nothing can be encrypted or opened.
    → Find the old key (make no new one for old data), set it, start again.
doctor-wrong-key = The present key does not open a secret that was kept.
    → Put the old key back, or behind the new one after a comma; then run giaoban verify. If it is lost for good: old files and passwords are lost, tasks and register stay.
doctor-no-messenger = No messenger is set up.
    → Set the token of Zalo or Telegram as in the README, then run giaoban check.
doctor-no-database = There is no database at { $place }.
    → If just installed: giaoban run. If not: look at GIAOBAN_DATA_DIR, or restore a backup.
doctor-database-silent = The database does not answer ({ $kind }).
    → See that PostgreSQL runs, address and password in GIAOBAN_DATABASE_URL, and the right to read the data directory.
doctor-database-unusable = The database at { $place } cannot be used ({ $kind }).
    → See whether the disk has room, and whose the directory is. SQLITE_CORRUPT, SQLITE_NOTADB: keep the file as it is, restore a backup.
doctor-database-lost = The program is running but gets no answer from the database.
    → Look after the database (lines below); do not restart Giao Ban, it goes on by itself.
doctor-moved = This database was moved to { $other }.
    → Set GIAOBAN_DATABASE_URL to that and start. Broken off: run the same giaoban move again. To stay here: giaoban move --stay.
doctor-half-moved = This database was moved to only in part, from { $other }.
    → Run the same giaoban move again, with the settings of the old database, until it is done.
doctor-tables-older = The tables are at revision { $theirs }, this program needs { $ours }.
    → Start the service with this program: it brings them up. Take a backup first.
doctor-tables-later = The tables are at revision { $theirs } of a later version (this program: { $ours }). It works on them; what is new waits for the later one.
doctor-messenger-down = { $messenger } cannot be reached: { $problem }.
    → Run giaoban check. Mostly it is the network, the proxy, or a token that was revoked.
doctor-messenger-waits = What came from { $messenger } could not be written; { $messenger } keeps it and sends it again.
    → See the lines on disk and database; once mended it is taken by itself.
doctor-clock-off = This machine's clock is { $long } off that of { $than }.
    → Switch on time synchronisation: timedatectl set-ntp true. Reminders go by this clock.
doctor-clock-back = The latest event lies { $long } in the future: the clock was put back.
    → Look at timedatectl, switch on time synchronisation.
doctor-disk = The data's disk is nearly full: { $megabytes } MB left ({ $percent } %).
    → Free some space or move the data directory. Do not delete the -wal file.
doctor-events-stuck = { $count } events were taken and not handled, the oldest { $long } ago.
    → Read the log (level error), then restart the service; nothing is lost.
doctor-events-wait = { $count } events wait, the oldest for { $long }, because the program is not running.
    → Start the service; they are handled at once.
doctor-events-failed = { $count } events of the last 24 hours failed and were put aside.
    → Look for "an event could not be handled" in the log; send the error id to the maintainer. The senders were told.
doctor-messages-not-set-up = Messages for { $messenger } have waited { $long }, but { $messenger } is not set up.
    → Set the token of { $messenger } again, or let people link another account; they wait until then.
doctor-messages-wait = Messages for { $messenger } have waited { $long }, because the program is not running.
    → Start the service; they go out at once.
doctor-messages-down = Messages for { $messenger } have waited { $long }, because { $messenger } cannot be reached.
    → Mend the connection (line above); they go out by themselves.
doctor-messages-refused = Messages for { $messenger } have waited { $long } although it can be reached: { $messenger } refuses or asks to wait.
    → Look for "a message did not arrive" in the log for the reason; see whether giaoban_limit_used_ratio is near 1.
doctor-messages-dead = { $count } messages by { $messenger } in the last 24 hours will never arrive (bot blocked, group deleted).
doctor-due-stuck = { $count } timed rows were not run, the oldest is { $long } late.
    → Read the log (level error), then restart the service.
doctor-due-wait = { $count } timed rows were not run, the oldest is { $long } late, because the program is not running.
    → Start the service; each runs once, saying that it is late.
doctor-jobs-fail = { $count } rows of kind { $kind } have failed again and again, at most { $tries } times.
    → Look for "a job failed" and "a due row failed" in the log; the program goes on trying every hour.
doctor-backup-old = The latest backup is { $long } old.
    → Run giaoban backup to another place, then giaoban verify --data on it.
doctor-backup-none = No backup was ever taken.
    → Run giaoban backup to another place, then giaoban verify --data on it. Keep the key apart.
doctor-token-ends = The right to use the Zalo OA ends in { $long }.
    → Let an administrator of the OA log in again: giaoban zalo login.
doctor-token-refused = The Zalo OA has not let the program in, or no longer does.
    → Let an administrator of the OA log in: giaoban zalo login.
doctor-minutes = { $count } min
doctor-hours = { $count } h
doctor-days = { $count } days
forgotten-person = Removed person #{ $id }
forget-say-yes = Nothing was done. If this is the person, run it again with --yes; there is no way back but a backup.
forget-leads = Nothing was done: this person alone leads { $groups }. Let them hand over first (/role).
forget-done = Person #{ $id } is forgotten: the name was replaced in { $cells } places and { $entries } audit entries.
forget-backups = Backups taken before now ({ $at }) hold it until they are deleted; { $last ->
        [none] the program knows of none.
       *[other] the latest it knows of: { $last }.
    }
    → Delete them when their time is over, dumps, disk images and archived WAL as well. After restoring one, run at once: giaoban forget "#{ $id }" --yes
forget-vault = Files in the vault may name this person inside: sealed files stay until their group's time is over, letters' files are records and stay. Messages that were sent stand on everybody's phones.
forget-shared = Others bear this name, or it is a single word: texts that others wrote keep it.
doctor-mark = STUCK

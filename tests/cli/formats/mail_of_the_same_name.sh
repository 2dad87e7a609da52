# Attachments of one name and messages of one Message-ID are all read; copies of a message are one.
. "$CORPUS/../tests/cli/helpers.sh"
python3 - <<'END'
from email.message import EmailMessage
message = EmailMessage()
message["Subject"] = "Two annexes"
message.set_content("See the annexes on the otter.")
for number in (1, 2):
    message.add_attachment(f"This is annex {number} on the otter.", filename="annex.txt")
open("a.eml", "wb").write(message.as_bytes())
with open("b.mbox", "w") as mailbox:
    for number, text in enumerate(["first", "second", "first"]):
        mailbox.write(f"From x\nMessage-ID: <same@example.org>\nX-Copy: {number}\nSubject: T\n\n"
                      f"The {text} message is about the otter.\n\n")
with open("c.mbox", "w") as mailbox:
    for number in range(20):
        mailbox.write(f"From x\nMessage-ID: <c@example.org>\nX-Copy: {number}\n\nOne text.\n\n")
END
pilcrow-index -d index a.eml b.mbox c.mbox
echo "exit $?"
pilcrow -d index --sort=path --dups=show --json otter | jq -r '[.article, .text] | join("|")'

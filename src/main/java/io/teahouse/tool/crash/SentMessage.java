package io.teahouse.tool.crash;

import java.util.List;

/**
 * What became of a message, as far as its sender knows.
 *
 * @param receipts the msgid of each receipt
 * @param abandoned its sender gave up before it had a receipt: the message may be stored or not
 * @param late its sender was told that some message was not stored, perhaps this one: it may come after later
 *     ones
 */
record SentMessage(String id, String room, String by, List<String> receipts, boolean abandoned, boolean late) {}

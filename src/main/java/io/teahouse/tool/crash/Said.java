package io.teahouse.tool.crash;

import java.util.List;

/**
 * What became of a message, as its sender knows it.
 *
 * @param receipts the msgid in each receipt that it got
 * @param abandoned its sender gave it up before it had a receipt: it may be stored or not
 * @param late its sender was told that something was not stored, perhaps this: it may come after what he said later
 */
record Said(String id, String room, String by, List<String> receipts, boolean abandoned, boolean late) {}

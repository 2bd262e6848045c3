/**
 * The commands with which an operator works on a store: backup and restore, export as lines of JSON, erasing an
 * account, resetting a password, deleting expired messages. Only the command line uses it. It must never access
 * a database itself: that is the job of {@code store}.
 */
package io.teahouse.tool.operate;

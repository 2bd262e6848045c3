/**
 * One small file per IRC command, and {@link io.teahouse.wire.irc.command.IrcCommands}, the table that lists them.
 *
 * <p>The dialect finds a command in the table, checks the conditions in its {@code Spec}, and runs it. A command must
 * never format a numeric by hand, decide a permission or write to a socket.
 */
package io.teahouse.wire.irc.command;

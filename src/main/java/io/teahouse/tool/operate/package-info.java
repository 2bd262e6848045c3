/**
 * What an operator does to a store from the command line: a copy of it, its return, what it holds as lines of JSON,
 * somebody erased, what is too old deleted. Only the command line calls it. It must never touch a database itself: all of
 * that is in {@code store}.
 */
package io.teahouse.tool.operate;

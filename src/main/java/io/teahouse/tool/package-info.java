/**
 * What the commands that measure and test servers share: how they fail, and with which exit code. Only {@code load},
 * {@code crash}, {@code figures} and {@code process} use it. It must never need more than the JDK and picocli.
 */
package io.teahouse.tool;

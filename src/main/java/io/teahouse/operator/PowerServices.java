package io.teahouse.operator;

import io.teahouse.user.UserDirectory;
import java.time.Clock;

/**
 * What powers work on.
 *
 * @param users who is online
 * @param audit what operators have done
 */
public record PowerServices(UserDirectory users, AuditLog audit, Clock clock) {}

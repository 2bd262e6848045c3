package io.teahouse.server;

import io.teahouse.operator.Way;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test that takes the way by which an operator uses a power, and runs once for each. A signal is none for most powers. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "SIGNAL")
@interface ByEachWay {}

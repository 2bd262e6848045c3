package io.teahouse;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system. The JDK's only API for them is in a package that javac always
 * warns about, so it is called by reflection.
 */
final class Signals {
    private Signals() {}

    /**
     * From now on, {@code then} runs for each signal of that name, on its own thread, instead of the JVM's
     * handler. Does nothing where signals are not available.
     *
     * @param name without its SIG
     */
    static void handle(String name, Runnable then) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            then.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(Signals.class).info("SIG{} is not handled here: {}", name, e.toString());
        }
    }
}

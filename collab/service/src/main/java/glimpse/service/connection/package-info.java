/** The connections of a server: who holds how many, and what becomes of their requests when they close. */
@NullMarked
package glimpse.service.connection;

import org.jspecify.annotations.NullMarked;

/** Audits of confident images, and the alarm that a calibrated gate's promise no longer holds. */
package glimpse.collab.audit;

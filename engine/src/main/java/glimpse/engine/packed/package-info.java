/**
 * Weight matrices in memory: packed in the order in which the kernels read them, in the type that they are stored in.
 * Whatever that is, each weight stands for the float that it was when it was stored.
 */
package glimpse.engine.packed;

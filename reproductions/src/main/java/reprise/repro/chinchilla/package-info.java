/** The reproduction of Hoffmann et al. 2022 and Besiroglu et al. 2024. */
package reprise.repro.chinchilla;

; SPDX-License-Identifier: MIT
; For files that need nothing but bit vectors: solvers are quicker where they know it.
(set-logic QF_BV)

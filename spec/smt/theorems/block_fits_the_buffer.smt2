; SPDX-License-Identifier: MIT
; guarantee: G4, GET-COUNT-1
; claim: A block has no more pages than the buffer has bytes, and no more than 1048576.
; expect: unsat
; uses: get invariants
; breakage: get.smt2: "(ite (bvugt asked most-values) most-values asked)" -> "asked"
; breakage: get.smt2: "(bvult last end)" -> "true"
(declare-const before State)
(declare-const arguments get-arguments)
(declare-const result get-result)
; The pages of a block exist, and lie below the end of memory.
;? (assert (= before endless-vm))
(assert (bvult (get-last result) end-of-memory))
(assert (get-walk before arguments result))
; refute
(assert (not (and (bvule (walked result) ((_ zero_extend 32) (count (get-log arguments))))
                  (bvule (walked result) #x0000000000100000))))
(check-sat)

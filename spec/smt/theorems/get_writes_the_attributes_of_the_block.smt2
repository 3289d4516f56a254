; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: The bytes of an answer of GET are the attributes of its pages, in order, of clean pages too; no other byte of the buffer is written.
; expect: unsat
; uses: get
; breakage: get.smt2: "(select (attributes s) (bvadd (get-first result) index))" -> "#x01"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
(declare-const index (_ BitVec 64))
;? (assert (= before (small-vm 1 true true true (two-pages no-page #x0000000000000000))))
;? (assert (= (get-start arguments) #x0000000000000005))
;? (assert (= (count (get-log arguments)) #x00000002))
;? (assert (= (get-buffer arguments) blank-buffer))
(assert (get before arguments after success result))
(assert (is-answer success result))
; refute
(assert (not (= (select (get-buffer-after result) index)
                (ite (bvult index (walked result))
                     (select (attributes before) (bvadd (get-first result) index))
                     (select (get-buffer arguments) index)))))
(check-sat)

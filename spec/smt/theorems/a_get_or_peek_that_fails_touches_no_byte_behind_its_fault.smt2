; SPDX-License-Identifier: MIT
; guarantee: G7, GET-WRITE-2, GET-WRITE-3
; claim: A GET or PEEK that fails changes a byte of the buffer only where a value was to be written and could be; and if only the struct could not be written, all the values stand there.
; expect: unsat
; uses: peek
; breakage: get.smt2: "(get-fails arguments outcome result EFAULT) (buffer-after-a-fault arguments result)" -> "(get-fails arguments outcome result EFAULT)"
; breakage: peek.smt2: "(get-fails arguments outcome result EFAULT) (buffer-after-a-fault arguments result)" -> "(get-fails arguments outcome result EFAULT)"
; breakage: get.smt2: "(select (attributes s) (bvadd (get-first result) index))" -> "(select (get-buffer arguments) index)"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const outcome Outcome)
(declare-const result get-result)
(declare-const index (_ BitVec 64))
(define-fun changed () Bool (not (= (select (get-buffer-after result) index) (select (get-buffer arguments) index))))
(define-fun only-the-struct-could-not-be-written () Bool
  (and (get-readable arguments) (get-allocates arguments) (not (get-writable arguments)) (bvule (walked result) (get-buffer-bytes arguments))))
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= (get-buffer arguments) ((as const Bytes) #x11)))
;? (assert (= (get-start arguments) #x0000000000000000))
;? (assert (= (count (get-log arguments)) #x00000001))
;? (assert (= (get-last result) #x0000000000000000))
;? (assert (or (= (get-buffer-after result) (get-buffer arguments)) (= (get-buffer-after result) (store (get-buffer arguments) #x0000000000000000 #x00))
;?             (= (get-buffer-after result) blank-buffer)))

; GET.
(push 1)
(assert (get before arguments after outcome result))
(assert (not (= outcome success)))
(push 1)
; refute
(assert (not (=> changed (and (= outcome EFAULT) (bvult index (walked result)) (bvult index (get-buffer-bytes arguments))))))
(check-sat)
(pop 1)
(push 1)
(declare-const page Gfn)
(assert only-the-struct-could-not-be-written)
(assert (not (= (select (dirty after) page) (select (dirty before) page)))) ; it walked: its marks are gone
(assert (bvult index (walked result)))
; refute
(assert (not (= (select (get-buffer-after result) index) (select (attributes before) (bvadd (get-first result) index)))))
(check-sat)
(pop 1)
(pop 1)

; PEEK.
(push 1)
(assert (peek before arguments after outcome result))
(assert (not (= outcome success)))
(push 1)
; refute
(assert (not (=> changed (and (= outcome EFAULT) (bvult index (walked result)) (bvult index (get-buffer-bytes arguments))))))
(check-sat)
(pop 1)
(push 1)
(assert only-the-struct-could-not-be-written)
(assert (and (enabled before) (used before) (not (= (count (get-log arguments)) #x00000000)) (select (exist before) (get-start arguments))))
(assert (bvult index (walked result)))
; refute
(assert (not (= (select (get-buffer-after result) index) (select (attributes before) (bvadd (get-first result) index)))))
(check-sat)
(pop 1)
(pop 1)

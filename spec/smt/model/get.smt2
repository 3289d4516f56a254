; SPDX-License-Identifier: MIT
; operation: get
; arguments: get-arguments
; result: get-result
; changed by a failure: dirty
; checks: get-check-1 get-check-2 get-check-3 get-check-4 get-check-5 get-check-6 get-check-7 get-check-8 get-check-9
; same answer: get-check-3+get-check-4 get-check-5+get-check-6
; same walk: (get-returns (get-log-after other) (get-buffer-after other) (get-first result) (get-last result))
; answers alike: (= (get-log-after result) (get-log-after other-result)) (=> (or (not (= outcome EFAULT)) (bvule (walked result) (get-buffer-bytes arguments)) (bvule (get-buffer-bytes arguments) index)) (= (select (get-buffer-after result) index) (select (get-buffer-after other-result) index)))
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (get-of (log #x0000000000000000 #x00000001 no-flag #xffffffffffffffff #x0000000000000000) true true true #x0000000000000001 ((as const (Array (_ BitVec 64) (_ BitVec 8))) #x00)))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (get-of (log #x0000000000000000 #x00000001 no-flag #xffffffffffffffff #x0000000000000000) false true true #x0000000000000001 ((as const (Array (_ BitVec 64) (_ BitVec 8))) #x00)))
; example of a pair: (=> (and (used before) (not (= (dirty before) no-page))) (or (= before (small-vm 1 true true true page-0)) (= before (small-vm 1 true true false page-0))))
; uses: state user-memory card
; KVM_S390_GET_CMMA_BITS without the flag PEEK (spec/clauses/get.md). What it shares with PEEK stands here too.

; The arguments: the struct, whether it can be read and written, whether an allocation succeeds, and how many bytes of the buffer
; can be written before a write faults. ABI-11
(declare-datatypes ((get-arguments 0)) (((get-of
  (get-log Log) (get-readable Bool) (get-writable Bool) (get-allocates Bool) (get-buffer-bytes (_ BitVec 64)) (get-buffer Bytes)))))

; The result: besides what the caller sees, the first and the last page that the call walked. It does not see them if a write faults.
(declare-datatypes ((get-result 0)) (((get-returns
  (get-log-after Log) (get-buffer-after Bytes) (get-first Gfn) (get-last Gfn)))))

(define-fun get-start ((arguments get-arguments)) Gfn (start-gfn (get-log arguments)))
; How many pages were walked.
(define-fun walked ((result get-result)) Gfn
  (bvadd (bvsub (get-last result) (get-first result)) #x0000000000000001)) ; sum: PAGES-WALKED
; A larger count means the largest. GET-COUNT-1
(define-fun get-limit ((arguments get-arguments)) Gfn
  (let ((asked (count (get-log arguments))))
    ((_ zero_extend 32) (ite (bvugt asked most-values) most-values asked))))

; A call that fails, but for its marks: the struct is not written back. GET-WRITE-1
(define-fun get-fails ((arguments get-arguments) (outcome Outcome) (result get-result) (with Outcome)) Bool
  (and (= outcome with) (= (get-log-after result) (get-log arguments))))
(define-fun get-fails-at-once
  ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result) (with Outcome)) Bool
  (and (get-fails arguments outcome result with) (= after before) (= (get-buffer-after result) (get-buffer arguments))))

; The struct cannot be read. GET-CHECK-1
(define-fun get-check-1 ((before State) (arguments get-arguments) (result get-result)) Bool
  (not (get-readable arguments)))
(define-fun get-check-1-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (get-fails-at-once before arguments after outcome result EFAULT))

; CMMA is not enabled. GET-CHECK-2
(define-fun get-check-2 ((before State) (arguments get-arguments) (result get-result)) Bool
  (not (enabled before)))
(define-fun get-check-2-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (get-fails-at-once before arguments after outcome result ENXIO))

; An unknown flag. GET-CHECK-3
(define-fun get-check-3 ((before State) (arguments get-arguments) (result get-result)) Bool
  (not (or (= (flags (get-log arguments)) no-flag) (= (flags (get-log arguments)) peek-flag))))
(define-fun get-check-3-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (get-fails-at-once before arguments after outcome result EINVAL))

; Migration mode is off. GET-CHECK-4
(define-fun get-check-4 ((before State) (arguments get-arguments) (result get-result)) Bool
  (not (migrating before)))
(define-fun get-check-4-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (get-fails-at-once before arguments after outcome result EINVAL))

; 32 zero bytes, or EFAULT where they cannot be written. GET-ZERO-1, GET-ZERO-2
(define-fun get-answers-zeros ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (= after before) (= (get-buffer-after result) (get-buffer arguments))
       (ite (get-writable arguments)
            (and (= outcome success) (= (get-log-after result) zeros))
            (get-fails arguments outcome result EFAULT))))

; Nothing is asked for, or CMMA was never used. GET-CHECK-5
(define-fun get-check-5 ((before State) (arguments get-arguments) (result get-result)) Bool
  (or (= (count (get-log arguments)) #x00000000) (not (used before))))
(define-fun get-check-5-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (get-answers-zeros before arguments after outcome result))

; Nothing is dirty. GET-CHECK-6
(define-fun get-check-6 ((before State) (arguments get-arguments) (result get-result)) Bool
  (forall ((page Gfn)) (not (select (dirty before) page))))
(define-fun get-check-6-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (get-answers-zeros before arguments after outcome result))

; No memory for the call. GET-CHECK-7
(define-fun get-check-7 ((before State) (arguments get-arguments) (result get-result)) Bool
  (not (get-allocates arguments)))
(define-fun get-check-7-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (get-fails-at-once before arguments after outcome result ENOMEM))

; The first page of the block: the first dirty page at or after the start; if there is none, the lowest dirty page.
(define-fun first-of-block ((s State) (start Gfn) (first Gfn)) Bool
  (and (select (dirty s) first)
       (ite (bvule start first)
            (forall ((page Gfn))                                      ; GET-BLOCK-1
              (=> (and (bvule start page) (bvult page first)) (not (select (dirty s) page))))
            (forall ((page Gfn))                                      ; GET-BLOCK-2
              (=> (or (bvule start page) (bvult page first)) (not (select (dirty s) page)))))))

; The dirty page `next` belongs to the block of the page `last` before it; `end` is one past what the buffer can hold.
(define-fun joins-the-block ((s State) (end Gfn) (last Gfn) (next Gfn)) Bool
  (and (select (dirty s) next) (bvult last next)
       (bvule (bvsub next last) gap)                                  ; GET-BLOCK-4 difference: GAP-BEFORE-NEXT
       (forall ((page Gfn))                                           ; GET-BLOCK-5
         (=> (and (bvult last page) (bvult page next)) (select (exist s) page)))
       (bvult next end)))                                             ; GET-BLOCK-6

; Of 16 pages in a row that begin with this one, one is dirty. GET-BLOCK-4
(define-fun dirty-or-near ((s State) (page Gfn)) Bool
  (or (select (dirty s) page)
      (exists ((near Gfn))
        (and (bvult page near) (bvult (bvsub near page) gap) (select (dirty s) near))))) ; difference: NEAR-FROM-PAGE

; The pages from first to last, as far as a block holds them: this says nothing of the pages after last.
(define-fun part-of-block ((s State) (first Gfn) (end Gfn) (last Gfn)) Bool
  (and (bvule first last)
       (bvult last end)                                               ; GET-BLOCK-6
       (select (dirty s) last)                                        ; GET-BLOCK-3
       (forall ((page Gfn)) (=> (between page first last) (select (exist s) page))) ; GET-BLOCK-5
       (forall ((page Gfn))                                           ; GET-BLOCK-4
         (! (=> (between page first last) (dirty-or-near s page)) :pattern ((select (dirty s) page))))))

(define-fun block ((s State) (start Gfn) (limit Gfn) (first Gfn) (last Gfn)) Bool
  (let ((end (bvadd first limit)))                                    ; sum: END-OF-BUFFER
    (and (first-of-block s start first)
         (part-of-block s first end last)
         (forall ((next Gfn)) (not (joins-the-block s end last next))))))

; The bytes of an answer: the attributes of the pages, of clean ones too; no other byte is written. GET-BLOCK-7, PEEK-1, GET-WRITE-2
(define-fun values-are-written ((s State) (arguments get-arguments) (result get-result)) Bool
  (forall ((index (_ BitVec 64)))
    (= (select (get-buffer-after result) index)
       (ite (bvult index (walked result))
            (select (attributes s) (bvadd (get-first result) index))  ; sum: PAGE-OF-VALUE
            (select (get-buffer arguments) index)))))

; The marks of the pages that were walked are gone, and that is all. GET-BLOCK-8
(define-fun marks-are-removed ((before State) (after State) (result get-result)) Bool
  (forall ((page Gfn))
    (= (select (dirty after) page)
       (and (select (dirty before) page) (not (between page (get-first result) (get-last result)))))))

; A write to the buffer that faults: what was written before the fault is unspecified, the rest is untouched. GET-WRITE-3
(define-fun buffer-after-a-fault ((arguments get-arguments) (result get-result)) Bool
  (forall ((index (_ BitVec 64)))
    (=> (not (bvult index (get-buffer-bytes arguments)))
        (= (select (get-buffer-after result) index) (select (get-buffer arguments) index)))))

; The buffer cannot be written. GET-CHECK-8
(define-fun get-check-8 ((before State) (arguments get-arguments) (result get-result)) Bool
  (bvugt (walked result) (get-buffer-bytes arguments)))
(define-fun get-check-8-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (get-fails arguments outcome result EFAULT) (buffer-after-a-fault arguments result)
       (marks-are-removed before after result)))

; The struct cannot be written. GET-CHECK-9
(define-fun get-check-9 ((before State) (arguments get-arguments) (result get-result)) Bool
  (not (get-writable arguments)))
(define-fun get-check-9-answer ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (get-fails arguments outcome result EFAULT)
       (values-are-written before arguments result)
       (marks-are-removed before after result)))

; The struct that an answer writes back: flags and the address of the values as they came.
(define-fun get-writes-back ((after State) (arguments get-arguments) (result get-result)) Bool
  (= (get-log-after result)
     (log (get-first result)                                          ; GET-ANSWER-1, PEEK-ANSWER-1
          ((_ extract 31 0) (walked result))                          ; GET-ANSWER-2, PEEK-ANSWER-2
          (flags (get-log arguments))                                 ; GET-ANSWER-4, PEEK-ANSWER-4
          (ite (migrating after) (card (dirty after)) #x0000000000000000) ; GET-ANSWER-3, PEEK-ANSWER-3
          (values-address (get-log arguments)))))

; What it never changes.
(define-fun get-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)
       (keeps-migrating before after) (keeps-slots before after) (keeps-attributes before after) (keeps-content before after)))

(define-fun get-effect ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (= outcome success)
       (values-are-written before arguments result)
       (marks-are-removed before after result)
       (get-writes-back after arguments result)))

; The walk: the result names the block.
(define-fun get-walk ((before State) (arguments get-arguments) (result get-result)) Bool
  (block before (get-start arguments) (get-limit arguments) (get-first result) (get-last result)))

(define-fun get ((before State) (arguments get-arguments) (after State) (outcome Outcome) (result get-result)) Bool
  (and (not (= (flags (get-log arguments)) peek-flag)) (get-keeps before after)
  (ite (get-check-1 before arguments result) (get-check-1-answer before arguments after outcome result)
  (ite (get-check-2 before arguments result) (get-check-2-answer before arguments after outcome result)
  (ite (get-check-3 before arguments result) (get-check-3-answer before arguments after outcome result)
  (ite (get-check-4 before arguments result) (get-check-4-answer before arguments after outcome result)
  (ite (get-check-5 before arguments result) (get-check-5-answer before arguments after outcome result)
  (ite (get-check-6 before arguments result) (get-check-6-answer before arguments after outcome result)
  (ite (get-check-7 before arguments result) (get-check-7-answer before arguments after outcome result)
  (and (get-walk before arguments result)
  (ite (get-check-8 before arguments result) (get-check-8-answer before arguments after outcome result)
  (ite (get-check-9 before arguments result) (get-check-9-answer before arguments after outcome result)
       (get-effect before arguments after outcome result)))))))))))))

; An answer is a success other than the 32 zero bytes. Its pages are those that the struct names.
(define-fun is-answer ((outcome Outcome) (result get-result)) Bool
  (and (= outcome success) (not (= (get-log-after result) zeros))))
(define-fun answer-first ((result get-result)) Gfn (start-gfn (get-log-after result)))
(define-fun answer-length ((result get-result)) Gfn ((_ zero_extend 32) (count (get-log-after result))))
(define-fun in-answer ((result get-result) (page Gfn)) Bool (in-range page (answer-first result) (answer-length result)))
